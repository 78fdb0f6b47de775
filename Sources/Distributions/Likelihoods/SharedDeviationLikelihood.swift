package import Experiments
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
    let learned = items.graph.parameter("likelihood.logDeviation", [1], .constant(0))
    return Density.isotropicNormal(
      items, mean: output.activated, logDeviation: clips ? learned.softClippedDeviation : learned)
  }
}

extension Tensor {
  /// These log σ, softly kept above −6: −6 + log(1 + e^(λ + 6)) (github orybkin/sigma-vae-pytorch, model.py).
  var softClippedDeviation: Tensor { softClipped(above: -6) }
}
