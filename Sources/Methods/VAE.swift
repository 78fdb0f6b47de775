package import Experiments
package import Tensors

/// The variational autoencoder: minimises w · Σ SSE + Σ KL(q(z|x) ‖ p(z)), the negative evidence lower bound.
package struct VAE: Method {
  package static let card = MethodCard(
    name: "vae", title: "VAE",
    source: "Kingma and Welling 2014, Eq. 3; as dpVAE's code sums it, github riddhishb/dpVAE, trainers/trainer.py")

  package static let specialCase = SpecialCase.vae("as it is", settings: [:])

  package init(settings: SettingValues) {}

  package func objective(_ pass: ForwardPass) -> Tensor { pass.reconstruction + pass.rates.sum() }
}
