package import Experiments
package import Tensors

/// β-VAE as Burgess et al. have it: REC + γ · |Σ KL − C(t)|, where the capacity C(t) grows evenly from 0 to its end.
///
/// C(t) = C_max · min(t / C_stop, 1), t the iteration counted from 1. Burgess et al. mean the divergence of one image;
/// dpVAE's code compares the sum over the batch with C, so its 25 nats are for a batch. `capacityPerImage` tells the
/// two apart. Under a decoupled prior the divergence lacks its constant −L/2 an image, as in the code.
package struct BetaVAEB: Method {
  package static let card = MethodCard(
    name: "beta-vae-b", title: "β-VAE-B",
    source:
      "Burgess et al. 2018 (arXiv 1804.03599), Eq. 8; as dpVAE's code sums it, github riddhishb/dpVAE, "
      + "trainers/beta_trainer.py",
    settings: [
      Setting(name: "capacity", meaning: "the capacity C_max in nats", typical: 25),
      Setting(name: "capacityPerImage", meaning: "1 if C is of an image, 0 if of a batch", typical: 0),
      Setting(name: "capacityStop", meaning: "the iteration C_stop from which on C is C_max", typical: 200),
      Setting(name: "gamma", meaning: "the weight γ of the distance between divergence and capacity", typical: 15),
    ])

  /// The divergence itself is not negative.
  package static let specialCase = SpecialCase.vae(
    "γ = 1, C = 0", settings: ["capacity": 0, "capacityPerImage": 0, "capacityStop": 1, "gamma": 1])

  private let capacity: Float
  private let isPerImage: Bool
  private let stop: Float
  private let gamma: Float

  package init(settings: SettingValues) {
    capacity = settings["capacity"]
    isPerImage = settings["capacityPerImage"] != 0
    stop = max(settings["capacityStop"], 1)
    gamma = settings["gamma"]
  }

  package func objective(_ pass: ForwardPass) -> Tensor {
    let items: Float = isPerImage ? Float(pass.batch) : 1
    let distance = pass.rates.sum() - share(in: pass.graph) * (capacity * items)
    return pass.reconstruction + gamma * distance.absolute
  }

  /// min(t / C_stop, 1), a scalar.
  private func share(in graph: Graph) -> Tensor {
    -((graph.iteration * (-1 / stop)).maximum(graph.constant(-1)))
  }
}
