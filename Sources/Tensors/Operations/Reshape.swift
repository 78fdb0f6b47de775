/// The same elements in the same order under another shape.
package struct Reshape: Operation {
  package let shape: Shape

  package func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].count == shape.count, "\(inputs[0]) cannot be seen as \(shape)")
    return shape
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.reshaped(application.inputs[0].shape)]
  }
}

extension Tensor {
  /// The same elements, row-major, under another shape of as many.
  package func reshaped(_ target: Shape) -> Tensor {
    shape == target ? self : graph.apply(Reshape(shape: target), to: [self])
  }

  /// `[batch, …]` to `[batch, everything else]`.
  package var flattened: Tensor { reshaped([shape[0], shape.count / shape[0]]) }
}
