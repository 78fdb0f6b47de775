package import Tensors

/// The distribution p(z) that latent codes are compared with and generated from.
///
/// It is N(0, I) on a generation space z₀, carried to the representation space z of the encoder by an invertible
/// z = g⁻¹(z₀): log p(z) = log N(g(z); 0, I) + log |det ∂g/∂z|. In the standard prior g is the identity, and so it is in
/// every other whose parameters are all zero.
package protocol Prior: Sendable {
  /// The number L of latent dimensions.
  var latents: Int { get }

  /// What a method minimises in place of KL(q(z|x) ‖ p(z)), in nats for each item: `[batch]`.
  ///
  /// `rate + omittedRate` estimates the divergence without bias, and in the standard prior is the divergence itself.
  /// - Parameters:
  ///   - mean: of q, `[batch, L]`.
  ///   - logVariance: of q, `[batch, L]`.
  ///   - sample: one z of each q, `[batch, L]`.
  func rate(mean: Tensor, logVariance: Tensor, sample: Tensor) -> Tensor

  /// The constant, in nats for each item, that the papers' objectives leave out of `rate`.
  var omittedRate: Double { get }

  /// Codes z `[batch, L]` to z₀ = g(z) `[batch, L]` and log |det ∂g/∂z| `[batch]`.
  func generation(of codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor)

  /// Codes z₀ `[batch, L]` to z = g⁻¹(z₀) `[batch, L]`.
  func representation(of generationCodes: Tensor) -> Tensor

  /// Whether g is the identity, so that a posterior's divergence has a closed form.
  var isIdentity: Bool { get }

  /// Whether the decoder is given g(z) in place of z.
  var decodesGenerationCodes: Bool { get }
}

extension Prior {
  package var isIdentity: Bool { false }
  package var decodesGenerationCodes: Bool { false }
}

/// A prior whose divergence from a posterior has no closed form, because g bends the space: it is estimated at one z.
package protocol FlowPrior: Prior {}

extension FlowPrior {
  /// −½ Σ log σ² + ½‖g(z)‖² − log |det ∂g/∂z| at the sampled z (dpVAE, Eq. 5; Rezende and Mohamed 2015, Eq. 15, where
  /// g is the flow): the entropy of q in closed form, the prior at one sample.
  package func rate(mean: Tensor, logVariance: Tensor, sample: Tensor) -> Tensor {
    let (codes, logDeterminants) = generation(of: sample)
    return (codes.square - logVariance).sumPerItem() * 0.5 - logDeterminants
  }

  /// −L/2, the part of q's entropy that does not cancel; the papers drop it.
  package var omittedRate: Double { -Double(latents) / 2 }
}

/// N(0, I) on the representation space itself.
package struct StandardPrior: Prior {
  package let latents: Int
  package let omittedRate = 0.0
  package let isIdentity = true

  package init(latents: Int) { self.latents = latents }

  /// The divergence in closed form, whatever the sample: −½ Σ (1 + log σ² − μ² − σ²).
  package func rate(mean: Tensor, logVariance: Tensor, sample: Tensor) -> Tensor {
    (mean.square + logVariance.exp - logVariance - 1).sumPerItem() * 0.5
  }

  package func generation(of codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor) {
    (codes, codes.graph.constant(0, [codes.shape[0]]))
  }

  package func representation(of generationCodes: Tensor) -> Tensor { generationCodes }
}
