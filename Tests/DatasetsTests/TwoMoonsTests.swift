import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct TwoMoonsTests {
  private static func points(_ items: Items) -> [(x: Double, y: Double, label: UInt8)] {
    let matrix = items.matrix(0..<items.count)
    return (0..<items.count).map { (Double(matrix[$0, 0]), Double(matrix[$0, 1]), items.labels[$0]) }
  }

  /// The signed distance of a point from the circle of its moon.
  private static func deviation(_ point: (x: Double, y: Double, label: UInt8)) -> Double {
    point.label == 0 ? hypot(point.x, point.y) - 1 : hypot(point.x - 1, point.y - 0.5) - 1
  }

  @Test func `without noise the points lie on two half circles, evenly`() throws {
    let points = Self.points(TwoMoons.points(101, noise: 0, using: Generator(seed: 1)))
    // Float coordinates near 1.
    #expect(points.allSatisfy { abs(Self.deviation($0)) < 2e-7 })
    #expect(points.allSatisfy { $0.label == 0 ? $0.y > -1e-7 : $0.y < 0.5 + 1e-7 })
    let angles = points.filter { $0.label == 0 }.map { acos(min(max($0.x, -1), 1)) }.sorted()
    #expect(angles.count == 50)
    for (a, b) in zip(angles, angles.dropFirst()) {
      // An arc cosine near ±1 turns an error of 6e-8 into 4e-4.
      #expect(abs(b - a - Double.pi / 49) < 1e-3)
    }
  }

  @Test func `half of the points lie on each moon`() {
    let train = TwoMoons.items().train
    #expect(train.labels.filter { $0 == 0 }.count == 1000)
  }

  @Test func `the points are in random order`() {
    let labels = TwoMoons.items().train.labels
    // 1,000 changes are expected with a standard deviation of 22; sorted moons have one.
    #expect((880...1120).contains(zip(labels, labels.dropFirst()).filter { $0 != $1 }.count))
  }

  @Test func `the noise is normal with standard deviation 0.05`() {
    let (train, _) = TwoMoons.items()
    // Across the circle; curvature adds σ²/2 = 0.00125 to the mean.
    let deviations = Self.points(train).map(Self.deviation)
    let mean = deviations.reduce(0, +) / 2000
    let squares = deviations.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2000
    // Four standard errors: 0.05 / √2000 and 0.05 / √4000.
    #expect(abs(mean - 0.00125) < 4 * 0.05 / 2000.0.squareRoot())
    #expect(abs(squares.squareRoot() - 0.05) < 4 * 0.05 / 4000.0.squareRoot())
    // A normal number is within one standard deviation 68.27 % of the time; four standard errors are 4.2 %.
    let within = deviations.filter { abs($0 - mean) < 0.05 }.count
    #expect(abs(Double(within) / 2000 - 0.6827) < 0.042)
  }
}
