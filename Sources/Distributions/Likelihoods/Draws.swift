import Tensors

/// Random draws from what a decoder describes, by noise of the graph.
enum Draw {
  /// One of the places along an axis with the probabilities of a softmax: 1 there and 0 elsewhere.
  ///
  /// It is the place of the largest sum of a logit and a draw of Gumbel's distribution, −log(−log u). Should two be
  /// equal, both are 1.
  static func choice(logits: Tensor, along axis: Int) -> Tensor {
    let noise = logits.graph.uniform(logits.shape, purpose: "decoder/choice")
    let sums = logits - (-noise.log).log
    return sums.atLeast(sums.maximum(along: [axis]))
  }

  /// 1 with the probabilities that have these logits, else 0.
  static func bits(logits: Tensor) -> Tensor {
    // Zero is among the draws and one is not: 1 − u is at most p as often as p says.
    let noise = logits.graph.uniform(logits.shape, purpose: "decoder/bits")
    return logits.sigmoid.atLeast(noise.affine(-1, 1))
  }

  /// A logistic distribution's numbers, μ + s log(u / (1 − u)).
  static func logistic(mean: Tensor, logScale: Tensor) -> Tensor {
    let noise = mean.graph.uniform(mean.shape, purpose: "decoder/logistic")
    return mean + logScale.exp * (noise.log - noise.affine(-1, 1).log)
  }
}

extension Tensor {
  /// Each element kept within bounds.
  func bounded(_ low: Float, _ high: Float) -> Tensor {
    -(-maximum(graph.constant(low))).maximum(graph.constant(-high))
  }
}
