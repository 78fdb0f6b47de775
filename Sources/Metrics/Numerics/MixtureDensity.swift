import CKernels
import Foundation
import Methods
import Tensors

/// The density of the aggregate posterior q(z) = 1/M Σ q(z|xₘ), a mixture of M diagonal Gaussians, in float64.
struct MixtureDensity {
  /// The number M of components.
  let count: Int
  private let dimensions: Int
  /// Dimension after dimension, a number for each component.
  private let centres: [Double]
  /// Half the precisions, in the same order.
  private let weights: [Double]
  /// The exponent at each component's centre.
  private let peaks: [Double]

  /// The mixture of the posteriors over all dimensions.
  init(_ posteriors: Posteriors) {
    self.init(posteriors, dimensions: posteriors.means.columns, weight: { 0.5 * exp(-$0) }) { -0.5 * (logTwoPi + $0) }
  }

  /// What dpVAE's released code ranks by instead (its low-posterior sampling): the log-variance where the variance
  /// belongs, neither the ½ nor the normaliser, and only the first two dimensions.
  static func authors(_ posteriors: Posteriors) -> MixtureDensity {
    MixtureDensity(posteriors, dimensions: min(2, posteriors.means.columns), weight: { 1 / $0 }) { _ in 0 }
  }

  private init(
    _ posteriors: Posteriors, dimensions: Int, weight: (Double) -> Double, peak: (Double) -> Double
  ) {
    let logVariances = posteriors.logVariances.columnAfterColumn.prefix(dimensions * posteriors.count)
    count = posteriors.count
    self.dimensions = dimensions
    centres = posteriors.means.columnAfterColumn
    weights = logVariances.map(weight)
    var peaks = [Double](repeating: 0, count: posteriors.count)
    for (index, logVariance) in logVariances.enumerated() { peaks[index % posteriors.count] += peak(logVariance) }
    self.peaks = peaks
  }

  /// log q(z) of each row of `[n, L]`, in nats.
  func logDensities(_ codes: Matrix) -> [Double] {
    let share = log(Double(count))
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { depths in
      (0..<codes.rows).map { row in
        kernel_weighted_distances(
          depths.baseAddress, centres, weights, codes[row].map(Double.init), count, dimensions)
        return kernel_log_sum_exp(peaks, depths.baseAddress, count) - share
      }
    }
  }
}

extension Posteriors {
  /// log q(zₙ|xₙ) of a code for each posterior, in nats.
  func logDensities(ofOwn codes: Matrix) -> [Double] {
    (0..<count).map { row in
      codes[row].indices.reduce(-0.5 * Double(codes.columns) * logTwoPi) { total, place in
        let (logVariance, deviation) = (
          Double(logVariances.values[place]), Double(codes.values[place]) - Double(means.values[place])
        )
        return total - 0.5 * (logVariance + deviation * deviation * exp(-logVariance))
      }
    }
  }
}
