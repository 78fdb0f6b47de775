package import Tensors

/// Planar flows behind the encoder's Gaussian, with one set of parameters for all items.
///
/// The encoder's z passes f_k(z) = z + û tanh(w·z + b) for k = 1 … K, and the result is what is compared with N(0, I) and
/// what the decoder takes. Seen from the encoder's z this is a prior with g = f_K ∘ … ∘ f_1, whose generation space is
/// the decoder's. Source: Rezende and Mohamed 2015 (arXiv 1505.05770), Eq. 10 to 12 and 15. There the encoder gives
/// u, w and b for each item; Two-Stage VAE (arXiv 1903.05789) names neither the kind of its flow nor its depth.
package struct PlanarFlow: FlowPrior {
  package let latents: Int
  /// In the order of the inferring direction g.
  package let layers: [PlanarLayer]

  /// - Precondition: at least one latent dimension and one layer.
  package init(latents: Int, layers count: Int = 10) {
    precondition(latents >= 1 && count >= 1, "\(count) planar layers cannot bend \(latents) latent dimensions")
    self.latents = latents
    layers = (0..<count).map { PlanarLayer(name: "prior.planar\($0)", width: latents) }
  }

  package var decodesGenerationCodes: Bool { true }

  package func generation(of codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor) {
    var moved = codes
    var logDeterminants: [Tensor] = []
    for layer in layers {
      let step = layer.towardsGeneration(moved)
      moved = step.codes
      logDeterminants.append(step.logDeterminants)
    }
    return (moved, Tensor.concatenate(logDeterminants, axis: 1).sumPerItem())
  }

  package func representation(of generationCodes: Tensor) -> Tensor {
    layers.reversed().reduce(generationCodes) { $1.towardsRepresentation($0) }
  }
}
