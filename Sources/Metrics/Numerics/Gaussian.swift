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
