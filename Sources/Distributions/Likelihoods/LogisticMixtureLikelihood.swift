package import Experiments
package import Tensors

/// A mixture of K logistic distributions for each number, gathered into the bins of its 256 levels on ±1.
///
/// This is PixelCNN++'s likelihood without its coupling of channels: pixels and channels are independent given z. The
/// decoder gives all logits, then all means, then all log-scales, each with the channels of a component together; means
/// have no activation, log-scales are at least −7, and the outermost bins have no outer end.
package struct LogisticMixtureLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "logistic-mixture", title: "Discretised mixture of logistics",
    source: "σ-VAE, Sec. 5, after Salimans et al. 2017, PixelCNN++, Sec. 2.1; github openai/pixel-cnn, "
      + "pixel_cnn_pp/nn.py",
    measure: .probability, showsDraws: true,
    settings: [Setting(name: "components", meaning: "the number K of logistic distributions")])

  private static let leastLogScale: Float = -7

  private let components: Int

  package var outputsPerElement: Int { 3 * components }
  package let givesMean = false

  package init(settings: SettingValues) throws(SettingsError) {
    let value = settings["components"]
    guard let components = Int(exactly: value), components >= 1 else {
      throw .unusable("likelihood.settings.components", value: "\(value)", need: "a whole number from 1 on")
    }
    self.components = components
  }

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let (logits, means, logScales) = parts(of: output)
    let levels = Bytes.levels(of: items).affine(2 / 255, -1).reshaped([items.shape[0], 1, logits.shape[2]])
    let bins = Density.discretizedLogistic(levels, mean: means, logScale: logScales)
    return Density.mixture(logits: logits, components: bins, along: 1).sumPerItem()
  }

  /// The mean Σ π_k μ_k before it is gathered into bins, kept within the levels.
  package func mean(of output: DecoderOutput) -> Tensor {
    let (logits, means, _) = parts(of: output)
    let weights = (logits - logits.logSumExp(along: [1])).exp
    let mean = (weights * means).sum(along: [1]).affine(0.5, 0.5)
    return mean.bounded(0, 1).reshaped(output.itemsShape)
  }

  /// The level nearest to a number drawn from a drawn component, over 255.
  package func shown(of output: DecoderOutput) -> Tensor {
    let (logits, means, logScales) = parts(of: output)
    let choice = Draw.choice(logits: logits, along: 1)
    let count = choice.sum(along: [1])
    let drawn = Draw.logistic(
      mean: (choice * means).sum(along: [1]) / count, logScale: (choice * logScales).sum(along: [1]) / count)
    return (Bytes.levels(of: drawn.affine(0.5, 0.5)) * (1 / 255)).reshaped(output.itemsShape)
  }

  /// Logits, means and log-scales, no smaller than the least, each `[batch, K, numbers of an item]`.
  private func parts(of output: DecoderOutput) -> (logits: Tensor, means: Tensor, logScales: Tensor) {
    let all = output.raw.reshaped([
      output.raw.shape[0], 3 * components, output.raw.shape.count / (output.raw.shape[0] * 3 * components),
    ])
    let part = { (index: Int) in all.slice(axis: 1, (index * components)..<((index + 1) * components)) }
    return (part(0), part(1), part(2).maximum(all.graph.constant(Self.leastLogScale)))
  }
}
