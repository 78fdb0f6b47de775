import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct MaximumMeanDiscrepancyTests {
  private let codes = [0.5, -1, 2, 0.25, -0.75, 1.5]
  private let others = [1.25, 0, -2, 0.5, 3, -1]

  @Test func `two points have the Gaussian statistic in closed form`() {
    // ‖a − b‖² = 1 + 4, over L² = 4.
    let value = statistic(MaximumMeanDiscrepancy.gaussian, [0, 0], [1, 2], rows: 1)
    #expect(abs(value - (2 - 2 * exp(-5 / 4))) < 1e-12)
  }

  @Test func `pairs of numbers have the multiquadrics' statistic in closed form`() {
    // a = (0, 1), b = (3, 5): within each one distance, between them four.
    let kernel = { (square: Double) in
      [0.1, 0.2, 0.5, 1, 2, 5, 10].reduce(0) { $0 + 2 * $1 / (2 * $1 + square) }
    }
    let mixed = [9.0, 25, 4, 16].map(kernel).reduce(0, +)
    let expected = kernel(1) + kernel(4) - mixed / 2
    // The scales are Floats.
    #expect(abs(statistic(MaximumMeanDiscrepancy.inverseMultiquadrics, [0, 1], [3, 5], rows: 2) - expected) < 1e-6)
  }

  @Test func `a set is at no distance from itself, and at one above zero from any other`() {
    #expect(abs(statistic(MaximumMeanDiscrepancy.gaussian, codes, codes, rows: 3)) < 1e-12)
    #expect(statistic(MaximumMeanDiscrepancy.gaussian, codes, others, rows: 3) > 0.01)
  }

  @Test(arguments: [MaximumMeanDiscrepancy.gaussian, MaximumMeanDiscrepancy.inverseMultiquadrics])
  func `neither side comes first, and neither does any item`(estimate: @Sendable (Tensor, Tensor) -> Tensor) {
    let there = statistic(estimate, codes, others, rows: 3)
    #expect(abs(there - statistic(estimate, others, codes, rows: 3)) < 1e-12)
    let turned = Array(codes[2...] + codes[..<2])
    #expect(abs(there - statistic(estimate, turned, others, rows: 3)) < 1e-12)
  }

  private func statistic(
    _ estimate: (Tensor, Tensor) -> Tensor, _ a: [Double], _ b: [Double], rows: Int
  ) -> Double {
    let (graph, shape) = (Graph(), [rows, a.count / rows] as Shape)
    let value = estimate(graph.input("a", shape), graph.input("b", shape))
    return NaiveTwin.evaluate([value], inputs: ["a": a, "b": b])[0][0]
  }
}
