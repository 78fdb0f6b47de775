import COpenBLAS
import Tensors

/// Rows in float64 about a centre, with their squared lengths: one side of many pairwise distances.
struct CentredRows {
  let count: Int
  let columns: Int
  /// Row after row.
  let values: [Double]
  let squaredNorms: [Double]

  init(_ rows: Matrix, about centre: [Double]) {
    precondition(centre.count == rows.columns, "a centre of \(centre.count) numbers for rows of \(rows.columns)")
    (count, columns) = (rows.rows, rows.columns)
    var (values, norms) = ([Double](repeating: 0, count: rows.values.count), [Double](repeating: 0, count: rows.rows))
    let columns = rows.columns
    rows.values.withUnsafeBufferPointer { input in
      for row in norms.indices {
        var norm = 0.0
        for column in 0..<columns {
          let value = Double(input[row * columns + column]) - centre[column]
          values[row * columns + column] = value
          norm += value * value
        }
        norms[row] = norm
      }
    }
    (self.values, squaredNorms) = (values, norms)
  }

  /// The mean of rows.
  static func centre(of rows: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.columns)
    for row in 0..<rows.rows {
      for (column, value) in rows[row].enumerated() { sums[column] += Double(value) }
    }
    return sums.map { $0 / Double(max(rows.rows, 1)) }
  }

  /// Rows handled at a time: their distances to 10,000 others take 20 MB.
  private static let block = 256

  /// ‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b of each of these rows to each of the others, block by block, at least 0.
  ///
  /// About a centre near both, the three terms are of the size of their sum, and float64 keeps it to 1e-15 of that.
  /// - Parameter body: takes the number of a row and its squared distances, in order of the rows.
  func forEachRow(distancesTo other: CentredRows, _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void) {
    precondition(columns == other.columns, "rows of \(columns) numbers have no distance to rows of \(other.columns)")
    guard count > 0, other.count > 0 else { return }
    openblas_set_num_threads(1)
    var products = [Double](repeating: 0, count: Self.block * other.count)
    for start in stride(from: 0, to: count, by: Self.block) {
      let rows = min(Self.block, count - start)
      multiply(from: start, rows: rows, with: other, into: &products)
      products.withUnsafeMutableBufferPointer { products in
        for row in 0..<rows {
          let line = UnsafeMutableBufferPointer(rebasing: products[(row * other.count)..<((row + 1) * other.count)])
          let norm = squaredNorms[start + row]
          other.squaredNorms.withUnsafeBufferPointer { norms in
            for index in norms.indices { line[index] = max(0, norm + norms[index] - 2 * line[index]) }
          }
          body(start + row, line)
        }
      }
    }
  }

  private func multiply(from start: Int, rows: Int, with other: CentredRows, into products: inout [Double]) {
    let (m, n, k) = (Int32(rows), Int32(other.count), Int32(columns))
    values.withUnsafeBufferPointer { values in
      guard let own = values.baseAddress else { return }
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, own + start * columns, k, other.values, k, 0, &products, n)
    }
  }
}
