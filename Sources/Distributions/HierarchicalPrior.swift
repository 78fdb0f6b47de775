internal import Networks
package import Tensors

/// Latent codes in three levels, each level's Gaussian given by those above it: p(z) = p(z_3) p(z_2|z_3) p(z_1|z_2, z_3).
///
/// z consists of equal parts, the lowest level first; the highest is N(0, I). The mean m and log-deviation s of any other
/// come from the parts above by a hidden layer of 256 ReLUs. So g is affine in blocks, g(z)_k = (z_k − m_k) e^{−s_k},
/// and its Jacobian triangular: log |det ∂g/∂z| = −Σ s. The decoder sees all levels.
///
/// Ours, for the hierarchical VAEs of σ-VAE (arXiv 2006.13202, Sec. 5), of which neither text nor code describes the
/// network: a top-down prior as in Ladder VAE (Sønderby et al. 2016, Eq. 1), under an encoder that gives all levels at
/// once. Its numbers are not comparable with the paper's.
package struct HierarchicalPrior: Prior {
  package static let levels = 3
  package let latents: Int

  private static let hidden = 256

  /// - Precondition: the levels share the latent dimensions equally.
  package init(latents: Int) {
    precondition(
      latents > 0 && latents.isMultiple(of: Self.levels),
      "\(latents) latent dimensions cannot be shared equally by \(Self.levels) levels")
    self.latents = latents
  }

  package let omittedRate = 0.0

  /// Σ_k KL(q(z_k|x) ‖ p(z_k | the levels above, as sampled)), each in closed form:
  /// Σ s − ½ log σ² + ½ ((μ − m)² + σ²) e^{−2s} − ½.
  package func rate(mean: Tensor, logVariance: Tensor, sample: Tensor) -> Tensor {
    let (shift, logScale) = conditionals(of: sample)
    let spread = ((mean - shift).square + logVariance.exp) * (logScale * -2).exp
    return (logScale + 0.5 * (spread - logVariance - 1)).sumPerItem()
  }

  package func generation(of codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor) {
    let (shift, logScale) = conditionals(of: codes)
    return ((codes - shift) * (-logScale).exp, -logScale.sumPerItem())
  }

  /// From the highest level down, as the levels below need those above.
  package func representation(of generationCodes: Tensor) -> Tensor {
    var known = generationCodes.slice(axis: 1, range(of: Self.levels - 1))
    for level in (0..<(Self.levels - 1)).reversed() {
      let (shift, logScale) = conditional(level, above: known)
      let codes = generationCodes.slice(axis: 1, range(of: level)) * logScale.exp + shift
      known = .concatenate([codes, known], axis: 1)
    }
    return known
  }

  /// The dimensions of a level, of which 0 is the lowest.
  package func range(of level: Int) -> Range<Int> {
    let width = latents / Self.levels
    return (level * width)..<((level + 1) * width)
  }

  /// m and s of every dimension given the codes `[batch, L]`: `[batch, L]` each, zero at the highest level.
  private func conditionals(of codes: Tensor) -> (shift: Tensor, logScale: Tensor) {
    let parts = (0..<(Self.levels - 1)).map { level in
      conditional(level, above: codes.slice(axis: 1, range(of: level).upperBound..<latents))
    }
    let top = codes.graph.constant(0, [codes.shape[0], latents / Self.levels])
    return (
      .concatenate(parts.map(\.shift) + [top], axis: 1), .concatenate(parts.map(\.logScale) + [top], axis: 1)
    )
  }

  /// m and s of a level, `[batch, width]` each, given the parts above it, `[batch, …]`.
  private func conditional(_ level: Int, above codes: Tensor) -> (shift: Tensor, logScale: Tensor) {
    let (name, width) = ("prior.level\(level)", latents / Self.levels)
    let network = Sequential([
      Linear(name + ".linear1", codes.shape[1], Self.hidden), LeakyReLU.relu,
      Linear(name + ".linear2", Self.hidden, 2 * width),
    ])
    let head = network(codes)
    return (head.slice(axis: 1, 0..<width), head.slice(axis: 1, width..<(2 * width)))
  }
}
