package import Tensors

/// Negative log-densities of observations, the material of likelihoods, in nats for each element.
package enum Density {
  /// ½ log 2π
  private static let halfLogTwoPi: Float = 0.918_938_5

  /// −log N(x; μ, e^2λ) of each element: ½ ((x − μ) / e^λ)² + λ + ½ log 2π.
  package static func normal(_ x: Tensor, mean: Tensor, logDeviation: Tensor) -> Tensor {
    ((x - mean) * (-logDeviation).exp).square * 0.5 + (logDeviation + halfLogTwoPi)
  }

  /// −log N(x; μ, e^2λ I) of each item, `[batch]`, with one λ for all its D numbers:
  /// ½ e^−2λ · SSE + D (λ + ½ log 2π).
  /// - Parameter logDeviation: `[batch]` or `[1]`.
  package static func isotropicNormal(_ x: Tensor, mean: Tensor, logDeviation: Tensor) -> Tensor {
    let size = Float(x.shape.count / x.shape[0])
    let precision = (logDeviation * -2).exp
    return (x - mean).square.sumPerItem() * precision * 0.5 + (logDeviation + halfLogTwoPi) * size
  }

  /// −log(σ((x + h − μ) / s) − σ((x − h − μ) / s)): a logistic distribution gathered into bins of half-width h, the
  /// outermost of which have no outer end (Salimans et al. 2017, PixelCNN++, Sec. 2.1).
  ///
  /// With the ends a > b of a bin, w = a − b, σ(a) − σ(b) = σ(a) · σ(−b) · (1 − e^{−w}) and
  /// 1 − e^{−w} = tanh(w / 2) · (1 + e^{−w}): no difference of nearly equal numbers is left.
  /// - Parameters:
  ///   - x: centres of bins on ±1.
  ///   - mean: μ, of a shape that stretches to x, as is the next.
  ///   - logScale: log s.
  ///   - halfWidth: h; 1 / 255 for 256 bins.
  package static func discretizedLogistic(
    _ x: Tensor, mean: Tensor, logScale: Tensor, halfWidth: Float = 1 / 255
  ) -> Tensor {
    let inverse = (-logScale).exp
    let distance = (x - mean) * inverse
    let half = inverse * halfWidth
    let (above, below) = ((-(distance + half)).softplus, (distance - half).softplus)
    let inside = above + below - half.tanh.log - (half * -2).softplus
    let end = x.graph.constant(1 - halfWidth)
    let (isFirst, isLast) = ((-x).atLeast(end), x.atLeast(end))
    return isFirst * above + isLast * below + (isFirst + isLast).affine(-1, 1) * inside
  }

  /// −log Σ_k π_k p_k along an axis, which stays with size one.
  /// - Parameters:
  ///   - logits: log π_k up to a constant, of a shape that stretches to the next.
  ///   - components: −log p_k.
  package static func mixture(logits: Tensor, components: Tensor, along axis: Int) -> Tensor {
    let weighted = logits - logits.logSumExp(along: [axis]) - components
    return -weighted.logSumExp(along: [axis])
  }

  /// Student's t-distribution with location μ, scale s and ν degrees of freedom:
  /// log Γ(ν / 2) − log Γ((ν + 1) / 2) + ½ log(ν π s²) + ½ (ν + 1) log(1 + (x − μ)² / (ν s²)) (Takahashi et al. 2018).
  package static func studentT(_ x: Tensor, mean: Tensor, scale: Tensor, freedom: Tensor) -> Tensor {
    let spread = freedom * scale.square
    let tails = ((x - mean).square / spread).logOnePlus * (freedom + 1)
    let constant = (freedom * 0.5).logGamma - (freedom * 0.5 + 0.5).logGamma
    return constant + ((spread * Float.pi).log + tails) * 0.5
  }

  /// The cross-entropy of a sigmoid with an intensity x on [0, 1]: −x log σ(l) − (1 − x) log(1 − σ(l)), as
  /// log(1 + e^l) − x l.
  package static func bernoulli(_ x: Tensor, logits: Tensor) -> Tensor { logits.softplus - x * logits }

  /// The cross-entropy of a softmax over the levels of each channel of each pixel.
  /// - Parameters:
  ///   - levels: whole numbers from 0, `[batch, channels, …]`.
  ///   - logits: `[batch, channels · count, …]`, the logits of a channel one after another.
  ///   - count: the number of levels, 256 for bytes.
  package static func categorical(_ levels: Tensor, logits: Tensor, count: Int = 256) -> Tensor {
    let planes = levels.shape[0] * levels.shape[1]
    let area = levels.shape.count / planes
    return logits.reshaped([planes, count, area]).crossEntropy(with: levels.reshaped([planes, area]))
      .reshaped(levels.shape)
  }
}
