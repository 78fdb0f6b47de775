import COpenBLAS

/// One side of Fréchet distances, with the square root of its covariance taken once.
struct FrechetReference {
  let moments: Moments
  /// Σ^½
  private let root: [Double]

  /// - Throws: `MetricError.noEigenvalues`.
  init(_ moments: Moments) throws {
    self.moments = moments
    root = try SymmetricEigen(moments.covariance, order: moments.size).squareRoot()
  }

  /// ‖μ − μ′‖² + tr Σ + tr Σ′ − 2 tr (Σ^½ Σ′ Σ^½)^½, at least zero.
  ///
  /// The matrix under the root is symmetric, so its eigenvalues are real and only rounding makes one negative: such are
  /// taken as zero.
  func squaredDistance(to other: Moments) throws -> Double {
    precondition(moments.size == other.size, "moments of \(moments.size) and \(other.size) features do not compare")
    let size = moments.size
    let product = multiplied(multiplied(root, other.covariance, order: size), root, order: size)
    let eigenvalues = try SymmetricEigen.values(of: product, order: size)
    let overlap = eigenvalues.reduce(0) { $0 + max($1, 0).squareRoot() }
    let shift = zip(moments.mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return max(0, shift + trace(moments) + trace(other) - 2 * overlap)
  }

  private func trace(_ moments: Moments) -> Double {
    (0..<moments.size).reduce(0) { $0 + moments.covariance[$1 * (moments.size + 1)] }
  }
}

/// The product of two square matrices, row after row.
private func multiplied(_ a: [Double], _ b: [Double], order: Int) -> [Double] {
  var product = [Double](repeating: 0, count: order * order)
  let n = Int32(order)
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, &product, n)
  return product
}
