package import Tensors

/// FactorVAE's discriminator: codes `[batch, latents]` to two logits `[batch, 2]`, the first for codes of the aggregate
/// posterior, the second for codes whose dimensions were permuted across the batch.
///
/// Five fully connected layers of 1000 with leaky ReLUs of slope 0.2, and a head. Source: dpVAE (arXiv 1911.10506),
/// github riddhishb/dpVAE, models/factor_model.py; Kim and Mnih 2018, appendix A.
package struct FactorDiscriminator: Layer {
  /// What its parameters' names begin with.
  package static let name = "discriminator"

  package let latents: Int

  private static let width = 1000
  private static let depth = 5
  private static let slope: Float = 0.2

  package init(latents: Int) { self.latents = latents }

  package var network: Sequential {
    let hidden = (1...Self.depth).flatMap { (index: Int) -> [any Layer] in
      [
        Linear("\(Self.name).linear\(index)", index == 1 ? latents : Self.width, Self.width),
        LeakyReLU(slope: Self.slope),
      ]
    }
    return Sequential(hidden + [Linear("\(Self.name).head", Self.width, 2)])
  }

  package func callAsFunction(_ codes: Tensor) -> Tensor { network(codes) }
}
