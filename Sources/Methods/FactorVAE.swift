package import Experiments
import Networks
package import Tensors

/// FactorVAE: the VAE with an adversary's estimate of the total correlation of the codes' dimensions.
///
/// Model: REC + Σ KL + γ · mean(D(z)₀ − D(z)₁). Discriminator: ½ CE(D(z), 0) + ½ CE(D(permuted z′), 1), where z′ are the
/// codes of a second batch, each dimension permuted across it on its own.
package struct FactorVAE: Method {
  package static let card = MethodCard(
    name: "factor-vae", title: "FactorVAE",
    source:
      "Kim and Mnih 2018, Eq. 2 and 3; as dpVAE's code sums it, github riddhishb/dpVAE, trainers/factor_trainer.py",
    settings: [
      Setting(name: "discriminatorRate", meaning: "the learning rate of the discriminator's Adam", typical: 1e-4),
      Setting(name: "gamma", meaning: "the weight of the estimated total correlation", typical: 10),
    ])

  package static let specialCase = SpecialCase.vae("γ = 0", settings: ["discriminatorRate": 1e-4, "gamma": 0])

  private let gamma: Float
  private let discriminatorRate: Float

  package init(settings: SettingValues) {
    gamma = settings["gamma"]
    discriminatorRate = settings["discriminatorRate"]
  }

  package func objective(_ pass: ForwardPass) -> Tensor {
    let correlation = Self.evidence(against: pass.codes) * -1
    return pass.reconstruction + pass.rates.sum() + gamma * correlation.mean()
  }

  package var companion: Companion? {
    Companion(name: FactorDiscriminator.name, optimizer: Adam(rate: discriminatorRate)) { codes, fresh in
      let permuted = Self.permuted(fresh)
      return 0.5 * Self.evidence(against: codes).softplus.mean()
        + 0.5 * (-Self.evidence(against: permuted)).softplus.mean()
    }
  }

  /// D₁ − D₀, the logit of codes being permuted ones: `[batch, 1]`. Its softplus is CE(D, 0), that of its negative CE(D, 1).
  private static func evidence(against codes: Tensor) -> Tensor {
    let logits = FactorDiscriminator(latents: codes.shape[1])(codes)
    return logits.slice(axis: 1, 1..<2) - logits.slice(axis: 1, 0..<1)
  }

  /// The codes with each dimension permuted across the batch, independently of the others.
  private static func permuted(_ codes: Tensor) -> Tensor {
    let columns = (0..<codes.shape[1]).map { dimension in
      let order = codes.graph.permutation(codes.shape[0], purpose: "\(FactorDiscriminator.name)/permutation")
      return codes.slice(axis: 1, dimension..<(dimension + 1)).gather(order)
    }
    return .concatenate(columns, axis: 1)
  }
}
