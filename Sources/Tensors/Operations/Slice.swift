/// The elements of a range along one axis.
package struct Slice: Operation {
  package let axis: Int
  package let range: Range<Int>

  package func shape(of inputs: [Shape]) -> Shape {
    precondition(range.upperBound <= inputs[0][axis], "\(range) is not within axis \(axis) of \(inputs[0])")
    var dimensions = inputs[0].dimensions
    dimensions[axis] = range.count
    return Shape(dimensions)
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let whole = application.inputs[0].shape[axis]
    return [upstream.embedded(axis: axis, before: range.lowerBound, after: whole - range.upperBound)]
  }
}

/// Zeros put before and after along one axis.
package struct Embed: Operation {
  package let axis: Int
  package let before: Int
  package let after: Int

  package func shape(of inputs: [Shape]) -> Shape {
    var dimensions = inputs[0].dimensions
    dimensions[axis] += before + after
    return Shape(dimensions)
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.slice(axis: axis, before..<(upstream.shape[axis] - after))]
  }
}

/// Tensors laid one after another along one axis.
package struct Concatenate: Operation {
  package let axis: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let across = inputs[0].reduced(along: [axis])
    precondition(inputs.allSatisfy { $0.reduced(along: [axis]) == across }, "\(inputs) do not line up on axis \(axis)")
    var dimensions = inputs[0].dimensions
    dimensions[axis] = inputs.map { $0[axis] }.reduce(0, +)
    return Shape(dimensions)
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    var start = 0
    return application.inputs.map { input in
      defer { start += input.shape[axis] }
      return upstream.slice(axis: axis, start..<(start + input.shape[axis]))
    }
  }
}

extension Tensor {
  /// The elements of a range along one axis; the whole range leaves no node.
  package func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    range == 0..<shape[axis] ? self : graph.apply(Slice(axis: axis, range: range), to: [self])
  }

  /// This tensor with zeros before and after it along one axis.
  package func embedded(axis: Int, before: Int, after: Int) -> Tensor {
    graph.apply(Embed(axis: axis, before: before, after: after), to: [self])
  }

  /// The tensors one after another along one axis; their other sizes are equal.
  package static func concatenate(_ tensors: [Tensor], axis: Int) -> Tensor {
    tensors[0].graph.apply(Concatenate(axis: axis), to: tensors)
  }
}
