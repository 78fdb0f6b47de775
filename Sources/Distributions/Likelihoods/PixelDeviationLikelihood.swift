package import Experiments
package import Tensors

/// N(x; x̂, σ²) with a σ for each number, which the decoder gives as λ = log σ in its second half of channels.
///
/// λ is kept softly below a bound, λ ← bound − log(1 + e^(bound − λ)), then above −6.
package struct PixelDeviationLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "per-pixel-sigma", title: "Gaussian of a variance for each pixel", source: "σ-VAE, Eq. 1 and Sec. 4",
    measure: .density,
    settings: [Setting(name: "maxLogDeviation", meaning: "what log σ is softly kept below")])

  private let bound: Float

  package let outputsPerElement = 2

  package init(settings: SettingValues) throws(SettingsError) {
    bound = settings["maxLogDeviation"]
    guard bound > -6 else {
      throw .unusable("likelihood.settings.maxLogDeviation", value: "\(bound)", need: "a number above -6")
    }
  }

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let logDeviation = -(-output.part(1)).softClipped(above: -bound)
    return Density.normal(items, mean: output.activated, logDeviation: logDeviation.softClippedDeviation).sumPerItem()
  }
}
