import Tensors

/// Exact distances to nearest neighbours, by looking at every pair.
struct NearestNeighbours {
  private let count: Int
  private let dimensions: Int
  /// Dimension after dimension, a number for each point.
  private let coordinates: [Double]

  init(among points: Matrix) {
    count = points.rows
    dimensions = points.columns
    var coordinates: [Double] = []
    coordinates.reserveCapacity(points.values.count)
    for column in 0..<points.columns {
      for row in 0..<points.rows { coordinates.append(Double(points[row, column])) }
    }
    self.coordinates = coordinates
  }

  /// The squared distance of each query to its nearest point.
  func squaredDistances(from queries: Matrix) -> [Double] { nearest(queries) { _ in nil } }

  /// The squared distance of each point to its nearest other point, where the queries are the points themselves.
  func squaredDistancesToOthers(from points: Matrix) -> [Double] { nearest(points) { $0 } }

  private func nearest(_ queries: Matrix, leavingOut: (Int) -> Int?) -> [Double] {
    var distances = [Double](repeating: 0, count: count)
    return distances.withUnsafeMutableBufferPointer { distances in
      (0..<queries.rows).map { row in
        fill(distances, from: queries[row])
        if let index = leavingOut(row) { distances[index] = .infinity }
        var least = Double.infinity
        for distance in distances where distance < least { least = distance }
        return least
      }
    }
  }

  private func fill(_ distances: UnsafeMutableBufferPointer<Double>, from query: ArraySlice<Float>) {
    distances.update(repeating: 0)
    coordinates.withUnsafeBufferPointer { coordinates in
      for (dimension, coordinate) in query.enumerated() {
        let (start, x) = (dimension * count, Double(coordinate))
        for point in 0..<count {
          let difference = coordinates[start + point] - x
          distances[point] += difference * difference
        }
      }
    }
  }
}
