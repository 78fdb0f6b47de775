/// The sum along axes, which stay as axes of size one.
package struct Sum: Operation {
  package let axes: [Int]

  package func shape(of inputs: [Shape]) -> Shape { inputs[0].reduced(along: axes) }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.stretched(to: application.inputs[0].shape)]
  }
}

/// The largest element along axes, which stay as axes of size one; no gradient flows, as in a log-sum-exp's shift.
package struct Maximum: Operation {
  package let axes: [Int]

  package func shape(of inputs: [Shape]) -> Shape { inputs[0].reduced(along: axes) }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] { [nil] }
}

/// A tensor repeated along its axes of size one.
package struct Stretch: Operation {
  package let shape: Shape

  package func shape(of inputs: [Shape]) -> Shape {
    precondition(Shape.broadcast(inputs[0], shape) == shape, "\(inputs[0]) does not stretch to \(shape)")
    return shape
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.summed(to: application.inputs[0].shape)]
  }
}

extension Tensor {
  /// The sum along axes, which stay as axes of size one.
  package func sum(along axes: [Int]) -> Tensor { axes.isEmpty ? self : graph.apply(Sum(axes: axes), to: [self]) }

  /// The sum of all elements, a scalar.
  package func sum() -> Tensor { sum(along: Array(0..<shape.rank)).reshaped(.scalar) }

  /// The mean of all elements, a scalar.
  package func mean() -> Tensor { sum() * (1 / Float(shape.count)) }

  /// The sum over every axis but the first: `[batch, …]` to `[batch]`.
  package func sumPerItem() -> Tensor { sum(along: Array(1..<shape.rank)).reshaped([shape[0]]) }

  /// The largest element along axes, which stay as axes of size one; no gradient flows.
  package func maximum(along axes: [Int]) -> Tensor { graph.apply(Maximum(axes: axes), to: [self]) }

  /// This tensor repeated along its axes of size one, and along new ones in front, until it has the given shape.
  package func stretched(to target: Shape) -> Tensor {
    shape == target ? self : graph.apply(Stretch(shape: target), to: [self])
  }

  /// log Σ e^x along axes, shifted by the maximum so that nothing overflows; the axes stay with size one.
  package func logSumExp(along axes: [Int]) -> Tensor {
    let peak = maximum(along: axes)
    return (self - peak).exp.sum(along: axes).log + peak
  }
}
