package import Tensors

/// Estimates from samples of how far two distributions of codes are apart: E k(a, a′) + E k(b, b′) − 2 E k(a, b)
/// (Gretton et al. 2012, Lemma 6).
///
/// Squared distances come from ‖a‖² + ‖b‖² − 2 a·b, whose rounding, 10⁻⁷ of ‖a‖², is far below the kernels' widths.
package enum MaximumMeanDiscrepancy {
  /// Of the biased statistic, all pairs counted, with k(a, b) = e^{−‖a − b‖² / L²}: a scalar.
  ///
  /// dpVAE's code, github riddhishb/dpVAE, trainers/loss_helpers.py, has the mean of (a_d − b_d)² over L for the exponent.
  /// - Parameters:
  ///   - a: `[n, L]`.
  ///   - b: `[m, L]`.
  package static func gaussian(_ a: Tensor, _ b: Tensor) -> Tensor {
    let scale = -1 / Float(a.shape[1] * a.shape[1])
    let mean = { (first: Tensor, second: Tensor) in (squaredDistances(first, second) * scale).exp.mean() }
    return mean(a, a) + mean(b, b) - mean(a, b) * 2
  }

  /// Of the unbiased statistic, summed over kernels k(a, b) = C / (C + ‖a − b‖²) with C = 2 L s at the scales s: a scalar.
  ///
  /// A code is not paired with itself. The mixed pairs are all n² of them, as WAE's code has it: github tolstikhin/wae,
  /// wae.py, at a prior of unit variance.
  /// - Parameters:
  ///   - a: `[n, L]`, n at least 2.
  ///   - b: `[n, L]`.
  package static func inverseMultiquadrics(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape && a.shape[0] > 1, "\(a.shape) and \(b.shape) have no unbiased statistic")
    let count = Float(a.shape[0])
    // A code's kernels with itself are 1 each, and there are n of them in a sum over all pairs.
    let itself = count * Float(scales.count)
    let own = { (codes: Tensor) in (kernelSum(codes, codes) - itself) * (1 / (count * (count - 1))) }
    return own(a) + own(b) - kernelSum(a, b) * (2 / (count * count))
  }

  private static let scales: [Float] = [0.1, 0.2, 0.5, 1, 2, 5, 10]

  private static func kernelSum(_ a: Tensor, _ b: Tensor) -> Tensor {
    let distances = squaredDistances(a, b)
    let kernels = scales.map { scale in
      let width = 2 * Float(a.shape[1]) * scale
      return (distances + width).reciprocal * width
    }
    return kernels.dropFirst().reduce(kernels[0], +).sum()
  }

  /// ‖a − b‖² of every pair: `[n, m]`.
  private static func squaredDistances(_ a: Tensor, _ b: Tensor) -> Tensor {
    let columns = a.square.sum(along: [1])
    let rows = b.square.sum(along: [1]).reshaped([1, b.shape[0]])
    return columns + rows - a.matmul(b, transposed: (false, true)) * 2
  }
}
