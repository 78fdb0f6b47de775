import CKernels
import Foundation
import Methods
import Tensors

/// The density of the aggregate posterior q(z) = 1/M Σ q(z|xₘ), a mixture of M diagonal Gaussians.
///
/// Exponents are formed and shifted by their maximum in double precision; what remains lies in [0, 1] and is
/// exponentiated by the float32 kernel, so that a log-density is good to about 1e-7.
struct MixtureDensity {
  /// The number M of components.
  let count: Int
  private let dimensions: Int
  /// Dimension after dimension, a number for each component.
  private let centres: [Double]
  private let precisions: [Double]
  /// The exponent at each component's centre.
  private let peaks: [Double]

  /// The mixture of the posteriors over all dimensions.
  init(_ posteriors: Posteriors) {
    self.init(posteriors, dimensions: posteriors.means.columns, precision: { exp(-$0) }) { -0.5 * (logTwoPi + $0) }
  }

  /// What dpVAE's released code ranks by instead (its low-posterior sampling): the log-variance where the variance
  /// belongs, neither the ½ nor the normaliser, and only the first two dimensions.
  static func authors(_ posteriors: Posteriors) -> MixtureDensity {
    MixtureDensity(posteriors, dimensions: min(2, posteriors.means.columns), precision: { 2 / $0 }) { _ in 0 }
  }

  private init(
    _ posteriors: Posteriors, dimensions: Int, precision: (Double) -> Double, peak: (Double) -> Double
  ) {
    count = posteriors.count
    self.dimensions = dimensions
    var (centres, precisions) = ([Double](), [Double]())
    var peaks = [Double](repeating: 0, count: posteriors.count)
    for dimension in 0..<dimensions {
      for row in 0..<posteriors.count {
        let logVariance = Double(posteriors.logVariances[row, dimension])
        centres.append(Double(posteriors.means[row, dimension]))
        precisions.append(precision(logVariance))
        peaks[row] += peak(logVariance)
      }
    }
    (self.centres, self.precisions, self.peaks) = (centres, precisions, peaks)
  }

  /// log q(z) of each row of `[n, L]`, in nats.
  func logDensities(_ codes: Matrix) -> [Double] {
    var exponents = [Double](repeating: 0, count: count)
    var terms = [Float](repeating: 0, count: count)
    return exponents.withUnsafeMutableBufferPointer { exponents in
      terms.withUnsafeMutableBufferPointer { terms in
        (0..<codes.rows).map { row in
          fill(exponents, at: codes[row])
          return logSumExp(exponents, scratch: terms) - log(Double(count))
        }
      }
    }
  }

  /// The exponent of each component at one code.
  private func fill(_ exponents: UnsafeMutableBufferPointer<Double>, at code: ArraySlice<Float>) {
    _ = exponents.update(from: peaks)
    centres.withUnsafeBufferPointer { centres in
      precisions.withUnsafeBufferPointer { precisions in
        for (dimension, coordinate) in code.prefix(dimensions).enumerated() {
          let (start, z) = (dimension * count, Double(coordinate))
          for component in 0..<count {
            let difference = z - centres[start + component]
            exponents[component] -= 0.5 * precisions[start + component] * difference * difference
          }
        }
      }
    }
  }
}

/// log Σ e^x, with the largest x taken out first.
private func logSumExp(
  _ exponents: UnsafeMutableBufferPointer<Double>, scratch: UnsafeMutableBufferPointer<Float>
) -> Double {
  var peak = -Double.infinity
  for exponent in exponents where exponent > peak { peak = exponent }
  guard peak.isFinite else { return peak }
  for index in exponents.indices { scratch[index] = Float(exponents[index] - peak) }
  kernel_exp(scratch.baseAddress, scratch.baseAddress, scratch.count)
  var sum = 0.0
  for term in scratch { sum += Double(term) }
  return peak + log(sum)
}
