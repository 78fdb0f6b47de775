/// log Σ_c e^{l[o, c, i]} − l[o, t[o, i], i]: the cross-entropy of a softmax over the middle axis with targets t.
///
/// Logits are `[outer, classes, inner]`, targets whole numbers below the classes `[outer, inner]`. The gradient is
/// first-order only: it is one fused pass, and no method differentiates a likelihood twice.
package struct CrossEntropy: Operation {
  package func shape(of inputs: [Shape]) -> Shape {
    let (logits, targets) = (inputs[0], inputs[1])
    precondition(
      logits.rank == 3 && targets == [logits[0], logits[2]], "targets \(targets) do not fit logits \(logits)")
    return targets
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let operands = [upstream] + application.inputs + [application.output]
    return [upstream.graph.apply(CrossEntropyGradient(), to: operands), nil]
  }
}

/// (softmax(l) − onehot(t)) · g, from g `[outer, inner]`, the logits, the targets and the cross-entropies.
package struct CrossEntropyGradient: Operation {
  package func shape(of inputs: [Shape]) -> Shape { inputs[1] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    preconditionFailure("a cross-entropy is differentiated once only")
  }
}

extension Tensor {
  /// The cross-entropy, in nats, of a softmax over the middle axis of these logits `[outer, classes, inner]` with
  /// whole-numbered `targets` `[outer, inner]`.
  ///
  /// Logits `[batch, classes · channels, height, width]` with the classes of a channel together are seen as
  /// `[batch · channels, classes, height · width]` by a reshape.
  package func crossEntropy(with targets: Tensor) -> Tensor { graph.apply(CrossEntropy(), to: [self, targets]) }

  /// ‖x_i − y_j‖² of every pair of rows, `[n, d]` and `[m, d]` to `[n, m]`, as ‖x‖² + ‖y‖² − 2 x · y and at least 0.
  ///
  /// What two close rows lose to cancellation is some 10⁻⁷ of their squared lengths.
  package func squaredDistances(to other: Tensor) -> Tensor {
    let products = matmul(other, transposed: (false, true))
    let rows = square.sum(along: [1])
    let columns = other.square.sum(along: [1]).reshaped([1, other.shape[0]])
    return (rows + columns - products * 2).relu
  }
}
