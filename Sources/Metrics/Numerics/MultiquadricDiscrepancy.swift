import CKernels
import Tensors

/// The squared maximum mean discrepancy of two samples under inverse multiquadric kernels, in float64.
///
/// 1/(n(n−1)) Σ_{i≠j} [k(aᵢ, aⱼ) + k(bᵢ, bⱼ)] − 2/n² Σ k(aᵢ, bⱼ) with k(a, b) = Σ_s C/(C + ‖a − b‖²), C = 2Ls, at the
/// scales s below, for codes of L dimensions and a prior of unit variance (Tolstikhin et al. 2018, github tolstikhin/wae,
/// wae.py, `mmd_penalty`, kernel IMQ). The mixed pairs are all n² of them, as there.
/// - Precondition: the samples have the same shape, of two rows at least.
func multiquadricDiscrepancy(_ a: Matrix, _ b: Matrix) -> Double {
  precondition(a.rows == b.rows && a.columns == b.columns && a.rows > 1, "samples of one shape, of two rows at least")
  let (first, second, count) = (PointTable(a), PointTable(b), Double(a.rows))
  // A code's kernels with itself are 1 each, and there are n of them in a sum over all pairs.
  let itself = count * Double(scales.count)
  let own = (kernelSum(first, a) - itself + kernelSum(second, b) - itself) / (count * (count - 1))
  return own - kernelSum(first, b) * 2 / (count * count)
}

private let scales = [0.1, 0.2, 0.5, 1, 2, 5, 10]

private func kernelSum(_ table: PointTable, _ queries: Matrix) -> Double {
  let widths = scales.map { 2 * Double(table.dimensions) * $0 }
  return table.map(queries) { kernel_multiquadric_sum($1.baseAddress, $1.count, widths, widths.count) }.reduce(0, +)
}
