import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix, by LAPACK's divide and conquer (dsyevd).
///
/// OpenBLAS is held to one thread, so that the bits do not depend on how many there are. They do depend on the kernels
/// it picks for a processor; the environment variable `OPENBLAS_CORETYPE` pins those.
struct SymmetricEigen {
  let order: Int
  /// In ascending order.
  let values: [Double]
  /// Vector after vector, in the order of the values.
  let vectors: [Double]

  /// - Throws: `MetricError.noEigenvalues` where the iteration does not converge or an element is not finite.
  init(_ matrix: [Double], order: Int) throws {
    self.order = order
    (values, vectors) = try decompose(matrix, order: order, job: "V")
  }

  /// The eigenvalues alone, in ascending order.
  static func values(of matrix: [Double], order: Int) throws -> [Double] {
    try decompose(matrix, order: order, job: "N").values
  }

  /// The symmetric square root U Λ^½ Uᵀ; eigenvalues that rounding made negative count as zero.
  func squareRoot() -> [Double] {
    var scaled = vectors
    for index in 0..<order {
      let scale = max(values[index], 0).squareRoot().squareRoot()
      for row in 0..<order { scaled[index * order + row] *= scale }
    }
    var root = [Double](repeating: 0, count: order * order)
    let n = Int32(order)
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, n, n, 1, scaled, n, scaled, n, 0, &root, n)
    return root
  }
}

private func decompose(
  _ matrix: [Double], order: Int, job: String
) throws -> (values: [Double], vectors: [Double]) {
  precondition(matrix.count == order * order, "\(matrix.count) numbers are no square matrix of order \(order)")
  guard matrix.allSatisfy(\.isFinite) else { throw MetricError.noEigenvalues(status: 0) }
  openblas_set_num_threads(1)
  var (n, status) = (Int32(order), Int32(0))
  var (vectors, values) = (matrix, [Double](repeating: 0, count: order))
  var (workCount, indexCount) = (Int32(1 + 6 * order + 2 * order * order), Int32(3 + 5 * order))
  var work = [Double](repeating: 0, count: Int(workCount))
  var indices = [Int32](repeating: 0, count: Int(indexCount))
  var leading = n
  dsyevd_(
    job, "U", &n, &vectors, &leading, &values, &work, &workCount, &indices, &indexCount, &status)
  guard status == 0 else { throw MetricError.noEigenvalues(status: Int(status)) }
  return (values, vectors)
}
