package import Experiments
import Foundation
package import Tensors

/// N(x; x̂, σ² I) with one σ for everything, which training learns as λ = log σ from λ = 0: σ-VAE's shared σ, and the
/// learned γ of Two-Stage VAE, whose code's γ is this σ.
///
/// Softly clipped, λ is −6 + log(1 + e^(λ + 6)), as σ-VAE's code has it; Two-Stage VAE's has no clip.
package struct SharedDeviationLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "shared-sigma", title: "Gaussian of one learned variance",
    source: "σ-VAE, Eq. 3, github orybkin/sigma-vae-pytorch, model.py; Two-Stage VAE, github daib13/TwoStageVAE, "
      + "network/two_stage_vae_model.py",
    measure: .density,
    settings: [Setting(name: "softclip", meaning: "1 to keep log σ softly above −6, else 0")])

  private let clips: Bool

  package init(settings: SettingValues) throws(SettingsError) {
    let value = settings["softclip"]
    guard value == 0 || value == 1 else {
      throw .unusable("likelihood.settings.softclip", value: "\(value)", need: "0 or 1")
    }
    clips = value == 1
  }

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let learned = items.graph.parameter(Self.deviation, [1], .constant(0))
    return Density.isotropicNormal(
      items, mean: output.activated, logDeviation: clips ? learned.softClippedDeviation : learned)
  }

  private static let deviation = "likelihood.logDeviation"

  package func learnedLogDeviation(in parameters: ParameterStore) -> Double? {
    let learned = Double(parameters.values(Self.deviation)[0])
    return clips ? softClippedDeviation(learned) : learned
  }
}

/// log σ softly kept above −6, as `Tensor.softClippedDeviation` has it: for λ far above, λ itself.
func softClippedDeviation(_ logDeviation: Double) -> Double {
  let excess = logDeviation + 6
  return max(excess, 0) + log1p(exp(-abs(excess))) - 6
}

extension Tensor {
  /// These log σ, softly kept above −6: −6 + log(1 + e^(λ + 6)) (github orybkin/sigma-vae-pytorch, model.py).
  var softClippedDeviation: Tensor { softClipped(above: -6) }
}
