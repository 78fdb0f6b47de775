import Foundation
package import Experiments
package import Tensors

/// N(x; x̂, σ² I) with the fixed variance σ² = 1 / (2w): −log p = w · SSE + D/2 · log(π / w).
///
/// The constant is left out of the distortion, as dpVAE's code has it: github riddhishb/dpVAE, trainers/trainer.py.
/// With w = ½ it is the unit variance of the other two papers. σ-VAE's code clips that log σ = 0 softly too and so has
/// σ = 1.0025, a departure that is left out here. A β-VAE of σ-VAE's Table 1, SSE + β · KL, is w = 1 / β.
package struct GaussianLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "gaussian", title: "Gaussian of fixed variance",
    source: "Kingma and Welling 2014, appendix C.2; dpVAE, github riddhishb/dpVAE, trainers/trainer.py",
    measure: .density,
    settings: [Setting(name: "mseWeight", meaning: "the weight w of the squared error, 1 / (2σ²)")])

  private let weight: Float

  package init(settings: SettingValues) throws(SettingsError) {
    weight = settings["mseWeight"]
    guard weight > 0 else {
      throw .unusable("likelihood.settings.mseWeight", value: "\(weight)", need: "a number above 0")
    }
  }

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    (items - output.activated).square.sumPerItem() * weight
  }

  package func omittedDistortion(size: Int) -> Double { 0.5 * Double(size) * log(Double.pi / Double(weight)) }
}
