import Distributions
package import Experiments
package import Tensors

/// InfoVAE, also called MMD-VAE: REC + (1 − α) · Σ KL + (α + λ − 1) · MMD(q(z), p(z)).
///
/// The divergence is a sum over the batch while the discrepancy is one number for it, as in dpVAE's code, so that λ
/// weighs less the larger the batch. The prior's codes are as many as the batch's, drawn anew in each iteration and
/// carried from generation to representation space.
package struct InfoVAE: Method {
  package static let card = MethodCard(
    name: "info-vae", title: "InfoVAE",
    source:
      "Zhao et al. 2019 (arXiv 1706.02262), Eq. 6; as dpVAE's code sums it, github riddhishb/dpVAE, "
      + "trainers/info_trainer.py",
    settings: [
      Setting(name: "alpha", meaning: "α, by which the divergence of each image weighs less", typical: 0),
      Setting(
        name: "lambda", meaning: "λ, α + λ − 1 being the weight of the discrepancy between q(z) and p(z)", typical: 1000
      ),
    ])

  package static let specialCase = SpecialCase.vae("α = 0, λ = 1", settings: ["alpha": 0, "lambda": 1])

  private let alpha: Float
  private let lambda: Float

  package init(settings: SettingValues) {
    alpha = settings["alpha"]
    lambda = settings["lambda"]
  }

  package func objective(_ pass: ForwardPass) -> Tensor {
    let discrepancy = MaximumMeanDiscrepancy.gaussian(pass.codes, pass.priorCodes())
    return pass.reconstruction + (1 - alpha) * pass.rates.sum() + (alpha + lambda - 1) * discrepancy
  }
}
