import Foundation
import Methods
import Tensors
import Testing

@testable import Metrics

private func posteriors(means: [Float], variances: [Double], columns: Int = 1) -> Posteriors {
  let rows = means.count / columns
  return Posteriors(
    means: Matrix(rows: rows, columns: columns, values: means),
    logVariances: Matrix(rows: rows, columns: columns, values: variances.map { Float(log($0)) }))
}

private func normal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
  exp(-(x - mean) * (x - mean) / (2 * variance)) / (2 * Double.pi * variance).squareRoot()
}

@Suite struct MixtureDensityTests {
  @Test func `a mixture of two has the mean of their densities`() {
    let mixture = MixtureDensity(posteriors(means: [-1, 2], variances: [0.5, 2]))
    for x in stride(from: -6.0, through: 6, by: 0.5) {
      let obtained = mixture.logDensities(Matrix(rows: 1, columns: 1, values: [Float(x)]))[0]
      // Log-variances rounded to float32.
      #expect(abs(obtained - log((normal(x, -1, 0.5) + normal(x, 2, 2)) / 2)) < 2e-6)
    }
  }

  @Test func `dimensions multiply`() {
    let mixture = MixtureDensity(posteriors(means: [1, -2, 0.5], variances: [0.5, 1, 2], columns: 3))
    let obtained = mixture.logDensities(Matrix(rows: 1, columns: 3, values: [0, -1, 2]))[0]
    let expected = log(normal(0, 1, 0.5)) + log(normal(-1, -2, 1)) + log(normal(2, 0.5, 2))
    #expect(abs(obtained - expected) < 1e-6)
  }

  @Test func `the density sums to one over the line`() {
    let mixture = MixtureDensity(posteriors(means: [-1, 2, 0], variances: [0.5, 2, 0.01]))
    let step: Float = 0.01
    let line = (0..<2000).map { Float($0 - 1000) * step }
    let densities = mixture.logDensities(Matrix(rows: line.count, columns: 1, values: line))
    // Trapezes on a smooth function that vanishes at both ends; log-variances are float32.
    #expect(abs(densities.reduce(0) { $0 + exp($1) } * Double(step) - 1) < 1e-5)
  }

  @Test func `far from every component the logarithm stays finite`() {
    let mixture = MixtureDensity(posteriors(means: [0, 1], variances: [1e-4, 1e-4]))
    let obtained = mixture.logDensities(Matrix(rows: 1, columns: 1, values: [100]))[0]
    // The nearer component alone: 99² / 2e-4, five times 1e7, of which float32 log-variances keep seven digits.
    #expect(abs(obtained / (-99 * 99 / 2e-4) - 1) < 1e-5)
  }

  @Test func `the authors' density divides by the logarithm of the variance`() {
    let wide = posteriors(means: [0, 0, 9], variances: [exp(2), exp(1), 5], columns: 3)
    let obtained = MixtureDensity.authors(wide).logDensities(Matrix(rows: 1, columns: 3, values: [1, 2, 3]))[0]
    #expect(abs(obtained - -(1.0 / 2 + 4.0 / 1)) < 1e-6)
  }
}
