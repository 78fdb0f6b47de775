import Tensors

/// The mean and the variance (n − 1) of each column, in float64.
/// - Precondition: there are two rows at least.
func columnMoments(of matrix: Matrix) -> [(mean: Double, variance: Double)] {
  precondition(matrix.rows > 1, "\(matrix.rows) rows have no variance")
  return (0..<matrix.columns).map { column in
    let mean = (0..<matrix.rows).reduce(0.0) { $0 + Double(matrix[$1, column]) } / Double(matrix.rows)
    let squares = (0..<matrix.rows).reduce(0.0) { total, row in
      let difference = Double(matrix[row, column]) - mean
      return total + difference * difference
    }
    return (mean, squares / Double(matrix.rows - 1))
  }
}
