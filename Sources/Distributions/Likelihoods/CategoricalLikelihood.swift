package import Experiments
package import Tensors

/// A softmax over the 256 levels of each number: −log p is the cross-entropy with its level.
///
/// The decoder gives a channel's 256 logits one after another, `[batch, channels · 256, …]`.
package struct CategoricalLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "categorical", title: "Categorical, 256 levels", source: "σ-VAE, Sec. 3.2", measure: .probability,
    showsDraws: true)

  private static let count = 256

  package let outputsPerElement = Self.count
  package let givesMean = false

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    Density.categorical(Bytes.levels(of: items), logits: output.raw, count: Self.count).sumPerItem()
  }

  /// The expected level over 255.
  package func mean(of output: DecoderOutput) -> Tensor {
    let logits = logits(of: output)
    return level(weighedBy: (logits - logits.maximum(along: [1])).exp, of: output)
  }

  /// A level drawn for each number, over 255.
  package func shown(of output: DecoderOutput) -> Tensor {
    level(weighedBy: Draw.choice(logits: logits(of: output), along: 1), of: output)
  }

  /// `[batch · channels, 256, everything else]`
  private func logits(of output: DecoderOutput) -> Tensor {
    let (raw, planes) = (output.raw, output.raw.shape[0] * output.channels)
    return raw.reshaped([planes, Self.count, raw.shape.count / (planes * Self.count)])
  }

  private func level(weighedBy weights: Tensor, of output: DecoderOutput) -> Tensor {
    let levels = Bytes.all(weights.graph).reshaped([Self.count, 1])
    let level = (weights * levels).sum(along: [1]) / weights.sum(along: [1])
    return (level * (1 / 255)).reshaped(output.itemsShape)
  }
}
