/// Rows of a `[rows, columns]` table picked by an index tensor `[picked]` of whole numbers.
package struct Gather: Operation {
  package func shape(of inputs: [Shape]) -> Shape { [inputs[1][0], inputs[0][1]] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let scatter = Scatter(rows: application.inputs[0].shape[0])
    return [upstream.graph.apply(scatter, to: [upstream, application.inputs[1]]), nil]
  }
}

/// Rows `[picked, columns]` added into a table of `rows` rows at the places an index tensor names, in order.
package struct Scatter: Operation {
  package let rows: Int

  package func shape(of inputs: [Shape]) -> Shape { [rows, inputs[0][1]] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.gather(application.inputs[1]), nil]
  }
}

extension Tensor {
  /// The rows that `indices` names, in that order.
  package func gather(_ indices: Tensor) -> Tensor { graph.apply(Gather(), to: [self, indices]) }
}
