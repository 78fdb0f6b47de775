package import Experiments
package import Tensors

/// A softmax over the 256 levels of each number: −log p is the cross-entropy with its level.
///
/// The decoder gives a channel's 256 logits one after another, `[batch, channels · 256, …]`.
package struct CategoricalLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "categorical", title: "Categorical, 256 levels", source: "σ-VAE, Sec. 3.2", measure: .probability)

  private static let count = 256

  package let outputsPerElement = Self.count

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    Density.categorical(Bytes.levels(of: items), logits: output.raw, count: Self.count).sumPerItem()
  }

  /// The expected level over 255; the paper shows samples.
  package func mean(of output: DecoderOutput) -> Tensor {
    let (raw, planes) = (output.raw, output.raw.shape[0] * output.channels)
    let area = raw.shape.count / (planes * Self.count)
    let logits = raw.reshaped([planes, Self.count, area])
    let weights = (logits - logits.maximum(along: [1])).exp
    let levels = Bytes.all(raw.graph).reshaped([Self.count, 1])
    let expected = (weights * levels).sum(along: [1]) / weights.sum(along: [1])
    return (expected * (1 / 255)).reshaped(Shape([raw.shape[0], output.channels] + raw.shape.dimensions.dropFirst(2)))
  }
}
