import Distributions
package import Experiments
package import Tensors

/// The Wasserstein auto-encoder with a maximum mean discrepancy: REC / B + λ · MMD(q(z), p(z)).
///
/// Codes are points, the encoder's means (`posterior: deterministic`), and its input gets normal noise. At the Gaussian
/// likelihood's `mseWeight` of 0.05, REC / B is 0.05 times the mean squared error of an image, as in the authors' code.
/// Departure: the code's noise is cut off at two deviations, this one is not.
package struct WAEMMD: Method {
  package static let card = MethodCard(
    name: "wae-mmd", title: "WAE-MMD",
    source: "Tolstikhin et al. 2018 (arXiv 1711.01558), Algorithm 2; github tolstikhin/wae, wae.py",
    settings: [Setting(name: "lambda", meaning: "the weight λ of the discrepancy between q(z) and p(z)", typical: 10)],
    posteriors: [.deterministic, .gaussian])

  package static let specialCase = SpecialCase("λ = 0: the autoencoder", settings: ["lambda": 0]) {
    $0.reconstruction * (1 / Float($0.batch))
  }

  private let lambda: Float

  package init(settings: SettingValues) { lambda = settings["lambda"] }

  /// Two: what is estimated are relations between the items of a batch.
  package var smallestBatch: Int { 2 }

  package func objective(_ pass: ForwardPass) -> Tensor {
    let discrepancy = MaximumMeanDiscrepancy.inverseMultiquadrics(pass.codes, pass.priorCodes())
    return pass.reconstruction * (1 / Float(pass.batch)) + lambda * discrepancy
  }

  package var inputNoise: Float { 0.01 }
}
