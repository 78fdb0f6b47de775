package import Tensors

/// dpVAE's decoupled prior: N(0, I) on a generation space that affine coupling blocks tie to the representation space.
///
/// Source: dpVAE (arXiv 1911.10506), Eq. 2, 5 and 7; github riddhishb/dpVAE, models/implicit_model.py. Its parameters
/// are trained jointly with encoder and decoder.
package struct DecoupledPrior: FlowPrior {
  package let latents: Int
  /// In the order of the generating direction z = g⁻¹(z₀).
  package let blocks: [AffineCoupling]

  /// - Precondition: at least two latents, so that every block has something to pass on and something to move.
  package init(latents: Int, blocks count: Int) {
    precondition(latents >= 2 && count >= 1, "\(count) coupling blocks cannot couple \(latents) latent dimensions")
    self.latents = latents
    let half = latents / 2
    blocks = (0..<count).map { index in
      let passive = index.isMultiple(of: 2) ? 0..<half : half..<latents
      return AffineCoupling(name: "prior.block\(index)", width: latents, passive: passive)
    }
  }

  package func generation(of codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor) {
    var moved = codes
    var scales: [Tensor] = []
    for block in blocks.reversed() {
      let step = block.towardsGeneration(moved)
      moved = step.codes
      scales.append(step.scale)
    }
    return (moved, -Tensor.concatenate(scales, axis: 1).sumPerItem())
  }

  package func representation(of generationCodes: Tensor) -> Tensor {
    blocks.reduce(generationCodes) { $1.towardsRepresentation($0) }
  }
}
