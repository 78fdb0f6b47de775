import COpenBLAS
import Tensors

/// The singular values of `[n, d]` over √n, from the largest: the roots of the eigenvalues of AᵀA/n, in float64.
///
/// Rounding leaves of the small ones what exceeds 10⁻⁸ of the largest.
/// - Throws: `MetricError.noEigenvalues` where a number is not finite.
func scaledSingularValues(of matrix: Matrix) throws -> [Double] {
  let (n, d) = (Int32(matrix.rows), Int32(matrix.columns))
  let numbers = matrix.values.map(Double.init)
  var moments = [Double](repeating: 0, count: matrix.columns * matrix.columns)
  openblas_set_num_threads(1)
  cblas_dgemm(
    CblasRowMajor, CblasTrans, CblasNoTrans, d, d, n, 1 / Double(matrix.rows), numbers, d, numbers, d, 0, &moments, d)
  return try SymmetricEigen.values(of: moments, order: matrix.columns).reversed().map { max($0, 0).squareRoot() }
}
