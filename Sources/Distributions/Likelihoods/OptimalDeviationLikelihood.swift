package import Experiments
import Foundation
package import Tensors

/// N(x; x̂, σ² I) with the σ² that is best for the minibatch: its mean squared error over items, channels and pixels.
///
/// The gradient flows through σ², and log σ is softly clipped as σ-VAE's code has it. Outside of training σ² is the
/// running mean of those errors, m e + (1 − m) · MSE; it is kept beside the same mean of ones, which it is divided by,
/// so that early errors do not weigh as if there had been others before them.
package struct OptimalDeviationLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "optimal-sigma", title: "Gaussian of the minibatch's best variance",
    source: "σ-VAE, Eq. 5; github orybkin/sigma-vae-pytorch, model.py",
    measure: .density,
    settings: [
      Setting(name: "testMomentum", meaning: "the share m that the running variance keeps of itself in an iteration")
    ])

  /// What the running mean and its weight start as: the variance 1, which the first batch outweighs.
  private static let start = Initializer.constant(1e-6)

  private let momentum: Float

  package init(settings: SettingValues) throws(SettingsError) {
    momentum = settings["testMomentum"]
    guard momentum >= 0 && momentum < 1 else {
      throw .unusable("likelihood.settings.testMomentum", value: "\(momentum)", need: "at least 0 and below 1")
    }
  }

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let mean = output.activated
    let variance = items.graph.isTraining ? followed((items - mean).square.mean().reshaped([1])) : kept(items.graph)
    return Density.isotropicNormal(items, mean: mean, logDeviation: variance.optimalLogDeviation)
  }

  /// The error itself, which the running mean takes in.
  private func followed(_ error: Tensor) -> Tensor {
    let (sum, weight) = states(error.graph)
    error.graph.assign(sum, sum * momentum + error * (1 - momentum))
    error.graph.assign(weight, weight.affine(momentum, 1 - momentum))
    return error
  }

  private func kept(_ graph: Graph) -> Tensor {
    let (sum, weight) = states(graph)
    return sum / weight
  }

  private func states(_ graph: Graph) -> (sum: Tensor, weight: Tensor) {
    (graph.state(Self.runningError, [1], Self.start), graph.state(Self.runningWeight, [1], Self.start))
  }

  private static let (runningError, runningWeight) = ("likelihood.runningError", "likelihood.runningWeight")

  /// That of the running mean, which holds outside of training.
  package func learnedLogDeviation(in parameters: ParameterStore) -> Double? {
    let variance = Double(parameters.values(Self.runningError)[0]) / Double(parameters.values(Self.runningWeight)[0])
    return softClippedDeviation(0.5 * log(max(variance, 1e-12)))
  }
}

/// N(x; x̂, σ² I) with the σ² that is best for each item: its mean squared error over channels and pixels, in training
/// and after it.
///
/// As σ² follows x, it is no density of x; the paper gives no value of it.
package struct ItemDeviationLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "optimal-sigma-per-image", title: "Gaussian of each image's best variance", source: "σ-VAE, Sec. 4",
    measure: .pseudo)

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let mean = output.activated
    let size = Float(items.shape.count / items.shape[0])
    let variance = (items - mean).square.sumPerItem() * (1 / size)
    return Density.isotropicNormal(items, mean: mean, logDeviation: variance.optimalLogDeviation)
  }
}

extension Tensor {
  /// log σ of these variances, softly clipped; a variance below 10⁻¹², far under the clip, counts as that.
  fileprivate var optimalLogDeviation: Tensor {
    (maximum(graph.constant(1e-12)).log * 0.5).softClippedDeviation
  }
}
