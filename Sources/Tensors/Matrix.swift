/// Numbers in rows, held by the caller: what goes into and comes out of a model outside of a graph.
package struct Matrix: Equatable, Sendable {
  package let rows: Int
  package let columns: Int
  /// Row after row.
  package var values: [Float]

  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "\(values.count) numbers do not fill \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: Array(repeating: 0, count: rows * columns))
  }

  package subscript(row: Int) -> ArraySlice<Float> { values[(row * columns)..<((row + 1) * columns)] }

  package subscript(row: Int, column: Int) -> Float {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The rows with the given indices, in that order.
  package func picking(_ indices: [Int]) -> Matrix {
    Matrix(rows: indices.count, columns: columns, values: indices.flatMap { self[$0] })
  }

  /// Matrices of the same width, one below the other.
  package static func stacking(_ parts: [Matrix], columns: Int) -> Matrix {
    Matrix(rows: parts.map(\.rows).reduce(0, +), columns: columns, values: parts.flatMap(\.values))
  }
}
