import Foundation
import Tensors

/// log 2π
let logTwoPi = log(2 * Double.pi)

/// eˣ in double precision.
func exponential(_ x: Double) -> Double { exp(x) }

/// ‖v‖², accumulated in double precision.
func squaredNorm(_ values: ArraySlice<Float>) -> Double { values.reduce(0.0) { $0 + Double($1) * Double($1) } }

/// log N(v; 0, I) in nats, for each row.
func standardNormalLogDensities(_ codes: Matrix) -> [Double] {
  let constant = -0.5 * Double(codes.columns) * logTwoPi
  return (0..<codes.rows).map { constant - 0.5 * squaredNorm(codes[$0]) }
}

/// The Gaussian decoder N(x; x̂, σ² I) of the papers, whose variance is fixed by the weight of the squared error.
struct GaussianDecoder {
  /// The number D of dimensions of an item.
  let size: Int
  /// σ²
  let variance: Double

  /// −log N(x; x̂, σ² I) = D/2 · log 2πσ² + SSE / 2σ², in nats with all constants.
  func negativeLogLikelihood(squaredError: Double) -> Double {
    0.5 * Double(size) * (logTwoPi + log(variance)) + squaredError / (2 * variance)
  }
}
