import COpenBLAS
package import Tensors

/// One side of Fréchet distances, with a factor F of its covariance, Σ = F Fᵀ, taken once.
///
/// tr (Σ^½ Σ′ Σ^½)^½ is the sum of the roots of the eigenvalues of Σ Σ′, which are those of the symmetric Fᵀ Σ′ F for any
/// such F.
package struct FrechetReference {
  /// Which factor is taken.
  package enum Factorization: Sendable {
    /// Without the dimensions that the items do not span; a tenth of the other's cost.
    case pivotedCholesky
    /// Σ^½
    case symmetricRoot
  }

  let moments: Moments
  private let rank: Int
  /// F, `[size, rank]`.
  private let factor: [Double]
  /// Fᵀ, `[rank, size]`.
  private let transposed: [Double]

  /// - Throws: `MetricError.noEigenvalues`.
  package init(_ moments: Moments, by factorization: Factorization = .symmetricRoot) throws {
    self.moments = moments
    switch factorization {
    case .pivotedCholesky:
      let cholesky = try PivotedCholesky(moments.covariance, order: moments.size)
      (rank, factor, transposed) = (cholesky.rank, cholesky.rows, cholesky.columns)
    case .symmetricRoot:
      rank = moments.size
      factor = try SymmetricEigen(moments.covariance, order: moments.size).squareRoot()
      transposed = factor
    }
  }

  /// ‖μ − μ′‖² + tr Σ + tr Σ′ − 2 tr (Σ^½ Σ′ Σ^½)^½, at least zero.
  ///
  /// The matrix under the root is symmetric, so its eigenvalues are real and only rounding makes one negative: such are
  /// taken as zero.
  func squaredDistance(to other: Moments) throws -> Double {
    guard rank > 0 else { return squaredDistance(to: other, overlap: []) }
    return squaredDistance(to: other, overlap: try SymmetricEigen.values(of: product(with: other), order: rank))
  }

  /// The distance, and its standard error over draws of the other side's items, this side held fixed.
  ///
  /// The distance D is a smooth function of the empirical distribution, so its variance over n draws is about that of its
  /// influence function φ divided by n (the infinitesimal jackknife, Efron 1982, chapter 6). From ∂D/∂μ′ = 2 (μ′ − μ) and
  /// ∂D/∂Σ′ = I − T, where T = F M^−½ Fᵀ with M = Fᵀ Σ′ F is the optimal map from N(μ′, Σ′) to N(μ, Σ),
  ///
  ///     φ(x) = 2 (μ′ − μ)ᵀ y + yᵀ y − yᵀ T y + constant,   y = x − μ′,
  ///
  /// so that the eigenvectors of M, which the distance needs anyhow, are all it takes. Where M is singular, its inverse
  /// root is taken on its range, outside of which no Fᵀ y lies.
  ///
  /// - Parameter items: some of the items behind `other`, over which the variance of φ is taken.
  package func squaredDistance(
    to other: Moments, spreadOver items: Matrix
  ) throws -> (value: Double, standardError: Double?) {
    guard rank > 0 else { return (squaredDistance(to: other, overlap: []), nil) }
    let eigen = try SymmetricEigen(product(with: other), order: rank)
    let value = squaredDistance(to: other, overlap: eigen.values)
    let influences = influences(of: items, on: other, eigen)
    guard influences.count > 1 else { return (value, nil) }
    let (mean, count) = (influences.reduce(0, +) / Double(influences.count), Double(influences.count))
    let variance = influences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (value, (variance / Double(other.count)).squareRoot())
  }

  private func squaredDistance(to other: Moments, overlap eigenvalues: [Double]) -> Double {
    precondition(moments.size == other.size, "moments of \(moments.size) and \(other.size) features do not compare")
    let overlap = eigenvalues.reduce(0) { $0 + max($1, 0).squareRoot() }
    let shift = zip(moments.mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return max(0, shift + trace(moments) + trace(other) - 2 * overlap)
  }

  /// M = Fᵀ Σ′ F, `[rank, rank]`.
  private func product(with other: Moments) -> [Double] {
    let half = multiplied(transposed, other.covariance, rows: rank, columns: moments.size, inner: moments.size)
    return multiplied(half, factor, rows: rank, columns: rank, inner: moments.size)
  }

  /// φ of each item, up to a constant.
  private func influences(of items: Matrix, on other: Moments, _ eigen: SymmetricEigen) -> [Double] {
    let (size, rows) = (moments.size, CentredRows(items, about: other.mean))
    let root = inverseRoot(eigen)
    let count = root.count / size
    let projected = multiplied(rows.values, root, rows: rows.count, columns: count, inner: size, isTransposed: true)
    let shift = zip(other.mean, moments.mean).map { 2 * ($0 - $1) }
    return (0..<rows.count).map { row in
      let along = projected[(row * count)..<((row + 1) * count)].reduce(0) { $0 + $1 * $1 }
      let linear = zip(shift, rows.values[(row * size)..<((row + 1) * size)]).reduce(0) { $0 + $1.0 * $1.1 }
      return linear + rows.squaredNorms[row] - along
    }
  }

  /// G with Gᵀ G = F M^−½ Fᵀ on the range of M: rows λ^−¼ vᵀ Fᵀ.
  private func inverseRoot(_ eigen: SymmetricEigen) -> [Double] {
    let floor = Double(rank) * 0x1p-52 * (eigen.values.last ?? 0)
    let kept = eigen.values.indices.filter { eigen.values[$0] > floor }
    var scaled: [Double] = []
    scaled.reserveCapacity(kept.count * rank)
    for index in kept {
      let scale = 1 / eigen.values[index].squareRoot().squareRoot()
      scaled += eigen.vectors[(index * rank)..<((index + 1) * rank)].map { $0 * scale }
    }
    return multiplied(scaled, transposed, rows: kept.count, columns: moments.size, inner: rank)
  }

  private func trace(_ moments: Moments) -> Double {
    (0..<moments.size).reduce(0) { $0 + moments.covariance[$1 * (moments.size + 1)] }
  }
}

/// A product of matrices, row after row; of the second, its transpose is taken where so said.
private func multiplied(
  _ a: [Double], _ b: [Double], rows: Int, columns: Int, inner: Int, isTransposed: Bool = false
) -> [Double] {
  var product = [Double](repeating: 0, count: rows * columns)
  guard rows > 0, columns > 0, inner > 0 else { return product }
  openblas_set_num_threads(1)
  let (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
  cblas_dgemm(
    CblasRowMajor, CblasNoTrans, isTransposed ? CblasTrans : CblasNoTrans, m, n, k, 1, a, k, b, isTransposed ? k : n, 0,
    &product, n)
  return product
}
