/// One function applied to pairs of elements; operands are stretched as `Shape.broadcast` says.
package struct Binary: Operation {
  package let function: BinaryFunction

  package func shape(of inputs: [Shape]) -> Shape { .broadcast(inputs[0], inputs[1]) }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let (a, b) = (application.inputs[0], application.inputs[1])
    let (left, right) = function.pullback(a, b, output: application.output, upstream: upstream)
    return [left?.summed(to: a.shape), right?.summed(to: b.shape)]
  }
}

/// The elementwise functions of two arguments.
package enum BinaryFunction: Sendable, Hashable, CaseIterable {
  case add, subtract, multiply, divide
  /// The larger of the two; where they are equal the gradient goes to the first.
  case maximum
  /// 1 where the first is at least the second, else 0; no gradient flows.
  case atLeast

  /// What flows back to each argument, in the shape of the output; `nil` where nothing does.
  func pullback(_ a: Tensor, _ b: Tensor, output: Tensor, upstream: Tensor) -> (Tensor?, Tensor?) {
    switch self {
    case .add: return (upstream, upstream)
    case .subtract: return (upstream, -upstream)
    case .multiply: return (upstream * b, upstream * a)
    case .divide:
      let left = upstream / b
      return (left, -(left * output))
    case .maximum:
      let first = a.atLeast(b)
      return (upstream * first, upstream * first.affine(-1, 1))
    case .atLeast: return (nil, nil)
    }
  }
}

extension Tensor {
  package static func + (a: Tensor, b: Tensor) -> Tensor { a.combined(.add, b) }
  package static func - (a: Tensor, b: Tensor) -> Tensor { a.combined(.subtract, b) }
  package static func * (a: Tensor, b: Tensor) -> Tensor { a.combined(.multiply, b) }
  package static func / (a: Tensor, b: Tensor) -> Tensor { a.combined(.divide, b) }

  /// The larger of each pair of elements.
  package func maximum(_ other: Tensor) -> Tensor { combined(.maximum, other) }

  /// 1 where this element is at least the other, else 0.
  package func atLeast(_ other: Tensor) -> Tensor { combined(.atLeast, other) }

  /// A function of each pair of elements, stretched as `Shape.broadcast` says.
  package func combined(_ function: BinaryFunction, _ other: Tensor) -> Tensor {
    graph.apply(Binary(function: function), to: [self, other])
  }

  /// Undoes a stretch: sums along the repeated axes, so that the result has the given shape.
  func summed(to target: Shape) -> Tensor {
    guard shape != target else { return self }
    return sum(along: target.repeatedAxes(in: shape)).reshaped(target)
  }
}
