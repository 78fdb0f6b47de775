package import Experiments
package import Tensors

/// β-VAE as Higgins et al. have it: REC + β · Σ KL.
package struct BetaVAEH: Method {
  package static let card = MethodCard(
    name: "beta-vae-h", title: "β-VAE-H",
    source:
      "Higgins et al. 2017, Eq. 4; as dpVAE's code sums it, github riddhishb/dpVAE, trainers/beta_trainer.py",
    settings: [Setting(name: "beta", meaning: "the weight β of the divergence", typical: 5)])

  package static let specialCase = SpecialCase.vae("β = 1", settings: ["beta": 1])

  private let beta: Float

  package init(settings: SettingValues) { beta = settings["beta"] }

  package func objective(_ pass: ForwardPass) -> Tensor { pass.reconstruction + beta * pass.rates.sum() }
}
