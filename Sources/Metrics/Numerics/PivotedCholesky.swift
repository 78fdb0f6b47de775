import COpenBLAS

/// A factor F with F Fᵀ = A of a symmetric matrix without negative eigenvalues, of as many columns as A has rank.
///
/// LAPACK's dpstrf takes the largest remaining diagonal element as the next pivot and stops where what remains is rounding
/// (Higham 2002, section 10.3), so that a covariance of few items costs no more than they are worth.
struct PivotedCholesky {
  let rank: Int
  /// Fᵀ, `[rank, order]`.
  let columns: [Double]
  /// F, `[order, rank]`.
  let rows: [Double]

  /// - Throws: `MetricError.noEigenvalues` where an element is not finite.
  init(_ matrix: [Double], order: Int) throws(MetricError) {
    guard matrix.allSatisfy(\.isFinite) else { throw .noEigenvalues(status: 0) }
    openblas_set_num_threads(1)
    var (n, leading, rank, status) = (Int32(order), Int32(order), Int32(0), Int32(0))
    var tolerance = -1.0
    var (factor, pivots) = (matrix, [Int32](repeating: 0, count: order))
    var work = [Double](repeating: 0, count: 2 * order)
    // LAPACK counts columns first: its lower triangle, column by column, is what is wanted here row by row.
    dpstrf_("L", &n, &factor, &leading, &pivots, &rank, &tolerance, &work, &status)
    guard status >= 0 else { throw .noEigenvalues(status: Int(status)) }
    self.rank = Int(rank)
    (columns, rows) = Self.unpivoted(factor, pivots, order: order, rank: Int(rank))
  }

  /// The factor with the rows of A in their own order, and zeros above its diagonal.
  private static func unpivoted(
    _ factor: [Double], _ pivots: [Int32], order: Int, rank: Int
  ) -> (columns: [Double], rows: [Double]) {
    var columns = [Double](repeating: 0, count: rank * order)
    var rows = columns
    for column in 0..<rank {
      for place in column..<order {
        let row = Int(pivots[place]) - 1
        columns[column * order + row] = factor[column * order + place]
        rows[row * rank + column] = factor[column * order + place]
      }
    }
    return (columns, rows)
  }
}
