import CKernels
import Tensors

/// Points with their coordinates dimension after dimension, so that one other point meets all of them side by side.
///
/// Distances are sums of squared differences in float64, never ‖a‖² + ‖b‖² − 2a·b, which has no digits left of points
/// that lie close together.
struct PointTable {
  let count: Int
  let dimensions: Int
  private let coordinates: [Double]

  init(_ points: Matrix) {
    count = points.rows
    dimensions = points.columns
    coordinates = points.columnAfterColumn
  }

  /// What `body` makes of each query and of ‖p − q‖² for every point p; it may overwrite the distances.
  /// - Precondition: queries have as many columns as points.
  func map<Result>(
    _ queries: Matrix, _ body: (_ row: Int, _ squaredDistances: UnsafeMutableBufferPointer<Double>) -> Result
  ) -> [Result] {
    precondition(queries.columns == dimensions, "points of \(dimensions) dimensions, queries of \(queries.columns)")
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { distances in
      (0..<queries.rows).map { row in
        kernel_squared_distances(
          distances.baseAddress, coordinates, queries[row].map(Double.init), count, dimensions)
        return body(row, distances)
      }
    }
  }
}

extension Matrix {
  /// The numbers in double precision, column after column.
  var columnAfterColumn: [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for column in 0..<columns {
      for row in 0..<rows { numbers.append(Double(values[row * columns + column])) }
    }
    return numbers
  }
}
