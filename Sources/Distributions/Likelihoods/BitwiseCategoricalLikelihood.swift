package import Experiments
package import Tensors

/// Eight independent bits for the level of each number: −log p is the sum of their cross-entropies.
///
/// The decoder gives the logits of the most significant bits of all channels first. The paper names the decoder and
/// leaves its form to an appendix; that the bits are those of the binary number is inferred from the name.
package struct BitwiseCategoricalLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "bitwise-categorical", title: "Bitwise categorical, 8 bits", source: "σ-VAE, Sec. 5", measure: .probability,
    showsDraws: true)

  private static let count = 8

  package let outputsPerElement = Self.count
  package let givesMean = false

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    Density.bernoulli(.concatenate(Bytes.bits(of: items), axis: 1), logits: output.raw).sumPerItem()
  }

  /// The expected level over 255.
  package func mean(of output: DecoderOutput) -> Tensor {
    Bytes.numbers(of: (0..<Self.count).map { output.part($0).sigmoid }) * (1 / 255)
  }

  /// A level of eight drawn bits, over 255.
  package func shown(of output: DecoderOutput) -> Tensor {
    Bytes.numbers(of: (0..<Self.count).map { Draw.bits(logits: output.part($0)) }) * (1 / 255)
  }
}
