import CKernels
import Tensors

/// Exact distances to nearest neighbours, by looking at every pair.
struct NearestNeighbours {
  private let table: PointTable

  init(among points: Matrix) { table = PointTable(points) }

  /// The squared distance of each query to its nearest point.
  func squaredDistances(from queries: Matrix) -> [Double] {
    table.map(queries) { kernel_least($1.baseAddress, $1.count) }
  }

  /// The squared distance of each point to its nearest other point, where the queries are the points themselves.
  func squaredDistancesToOthers(from points: Matrix) -> [Double] {
    table.map(points) { row, distances in
      distances[row] = .infinity
      return kernel_least(distances.baseAddress, distances.count)
    }
  }
}
