/// Rows of a `[rows, columns]` table picked by an index tensor `[picked]` of whole numbers.
package struct Gather: Operation {
  package func shape(of inputs: [Shape]) -> Shape {
    let (table, indices) = (inputs[0], inputs[1])
    precondition(table.rank == 2 && indices.rank == 1, "\(indices) indices do not pick rows of \(table)")
    return [indices[0], table[1]]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.scattered(into: application.inputs[0].shape[0], at: application.inputs[1]), nil]
  }
}

/// Rows `[picked, columns]` added into a table of `rows` rows at the places an index tensor names, in order.
package struct Scatter: Operation {
  package let rows: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let (added, indices) = (inputs[0], inputs[1])
    precondition(added.rank == 2 && indices == [added[0]], "\(indices) indices do not place the rows of \(added)")
    return [rows, added[1]]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.gather(application.inputs[1]), nil]
  }
}

extension Tensor {
  /// The rows that `indices` names, in that order.
  package func gather(_ indices: Tensor) -> Tensor { graph.apply(Gather(), to: [self, indices]) }

  /// A table of so many rows, zero but for these rows, each added at the place that `indices` names for it.
  package func scattered(into rows: Int, at indices: Tensor) -> Tensor {
    graph.apply(Scatter(rows: rows), to: [self, indices])
  }
}
