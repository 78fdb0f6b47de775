import Comparison
import Experiments
import Foundation
import Testing

/// Agreement with SciPy and mpmath; the numbers and the script that made them lie in Fixtures.
struct StatisticsTests {
  private let reference: Reference

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/statistics.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  // 1e-12: two hundred steps of the continued fraction at most, each good to the last bit or two.
  @Test func `the tails of Student's t are the reference's`() {
    #expect(reference.tails.count > 90)
    for row in reference.tails {
      let distribution = StudentT(degreesOfFreedom: row.df)
      #expect(isClose(distribution.twoSidedTail(row.t), row.tail, within: 1e-12), "\(row)")
      #expect(isClose(distribution.twoSidedTail(-row.t), row.tail, within: 1e-12), "\(row)")
      #expect(isClose(distribution.cumulative(-row.t), row.tail / 2, within: 1e-12), "\(row)")
      #expect(isClose(distribution.cumulative(row.t), 1 - row.tail / 2, within: 1e-12), "\(row)")
    }
  }

  // 2e-12: a quantile is as good as the tail, which is nearly flat at 0.5005.
  @Test func `the quantiles of Student's t are the reference's`() {
    for row in reference.quantiles {
      let t = StudentT(degreesOfFreedom: row.df).quantile(row.p)
      #expect(isClose(t, row.t, within: 2e-12), "\(row): \(t)")
    }
  }

  @Test func `a quantile undoes the distribution, and mirrors about one half`() {
    for df in [1.0, 2.5, 4, 30] {
      let distribution = StudentT(degreesOfFreedom: df)
      for p in [0.001, 0.02, 0.3, 0.5, 0.8, 0.999] {
        let t = distribution.quantile(p)
        #expect(isClose(distribution.cumulative(t), p, within: 1e-12))
        #expect(abs(distribution.quantile(1 - p) + t) <= 1e-10 * max(1, abs(t)))
      }
    }
  }

  @Test func `the density is the slope of the distribution`() {
    for df in [1.0, 4, 50] {
      let distribution = StudentT(degreesOfFreedom: df)
      for t in [-2.0, 0.5, 3] {
        let slope = (distribution.cumulative(t + 1e-5) - distribution.cumulative(t - 1e-5)) / 2e-5
        // Central differences: an error of order h² and rounding over h, both near 1e-10.
        #expect(abs(slope - distribution.density(t)) < 1e-9)
      }
    }
  }

  // 1e-11: the spread of a sample loses a digit to its mean.
  @Test func `the paired test is the reference's`() throws {
    for row in reference.paired {
      let test = MeanTest(row.differences)
      #expect(isClose(try #require(test.statistic), row.statistic, within: 1e-11), "\(row)")
      #expect(isClose(try #require(test.p), row.p, within: 1e-11), "\(row)")
      for expected in row.intervals {
        let interval = try #require(test.interval(level: expected.level))
        let scale = abs(expected.low) + abs(expected.high)
        #expect(abs(interval.low - expected.low) <= 1e-11 * scale, "\(row)")
        #expect(abs(interval.high - expected.high) <= 1e-11 * scale, "\(row)")
      }
    }
  }

  @Test func `the sign-flip test counts every pattern of signs`() {
    for row in reference.paired {
      let flip = SignFlip(row.differences)
      #expect(flip.isExact)
      #expect(flip.p == row.signFlip, "\(row)")
    }
  }

  @Test func `the sign-flip test knows neither order nor scale nor common sign`() {
    let differences = [0.5, -0.125, 2, 1.75, -0.25, 1]
    let p = SignFlip(differences).p
    #expect(SignFlip(differences.reversed()).p == p)
    #expect(SignFlip(differences.map { -$0 }).p == p)
    #expect(SignFlip(differences.map { $0 * 0.3 }).p == p)
  }

  @Test func `differences of one sign have the least p that their number allows`() {
    #expect(SignFlip([0.1, 0.2, 0.3, 0.4, 0.5]).p == 2.0 / 32)
    #expect(SignFlip([0.3]).p == 1)
    #expect(SignFlip([0, 0, 0]).p == 1)
    #expect(SignFlip(Array(repeating: 0.1, count: 20)).p == 2.0 / 1_048_576)
  }

  @Test func `the drawn patterns agree with all of them, and are the same each time`() throws {
    let row = try #require(reference.paired.first { $0.differences.count == 7 })
    // Zeros flip into themselves: they take the test past its exact limit and change nothing.
    let padded = row.differences + Array(repeating: 0, count: 15)
    let flip = SignFlip(padded)
    #expect(!flip.isExact)
    // Five standard errors of a share over 100,000 draws.
    #expect(abs(flip.p - row.signFlip) < 5 * (0.25 / Double(SignFlip.draws)).squareRoot())
    #expect(SignFlip(padded) == flip)
  }

  @Test func `Welch's test against a printed mean and deviation is the reference's`() throws {
    for row in reference.welch {
      let test = MeanTest(row.sample, lessMean: row.mean, deviation: row.deviation, count: row.count)
      #expect(isClose(try #require(test.statistic), row.statistic, within: 1e-11), "\(row)")
      #expect(isClose(test.degreesOfFreedom, row.freedom, within: 1e-11), "\(row)")
      #expect(isClose(try #require(test.p), row.p, within: 1e-11), "\(row)")
    }
  }

  @Test func `Holm's adjusted p-values are those of the closed test`() {
    for row in reference.holm {
      for (adjusted, expected) in zip(holmAdjusted(row.values), row.adjusted) {
        #expect(isClose(adjusted, expected, within: 1e-14), "\(row)")
      }
    }
  }

  @Test func `the bootstrap's interval approaches the normal one, and is the same each time`() {
    let sample = (0..<400).map { sin(Double($0) * 12.9898) * 3 + 1 }
    let (bootstrap, test) = (Bootstrap(sample), MeanTest(sample))
    let (own, normal) = (bootstrap.interval(level: 0.05), test.interval(level: 0.05))
    // A percentile of 10,000 draws is known to some hundredths of a standard error.
    let error = test.standardError ?? 0
    #expect(abs(own.low - (normal?.low ?? 0)) < 0.15 * error)
    #expect(abs(own.high - (normal?.high ?? 0)) < 0.15 * error)
    #expect(bootstrap == Bootstrap(sample))
  }

  @Test func `the bootstrap of equal numbers is that number, and its least p is what its draws allow`() {
    let interval = Bootstrap([2, 2, 2]).interval(level: 0.05)
    #expect(interval.low == 2 && interval.high == 2)
    #expect(Bootstrap([2, 2, 2]).p == 2.0 / Double(Bootstrap.resamples + 1))
    #expect(Bootstrap([-1, 1]).p == 1)
  }

  private func isClose(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
  }
}

private struct Reference: Decodable {
  let tails: [Tail]
  let quantiles: [Quantile]
  let paired: [Paired]
  let welch: [Welch]
  let holm: [Holm]

  struct Welch: Decodable {
    let sample: [Double]
    let mean: Double
    let deviation: Double
    let count: Int
    let statistic: Double
    let p: Double
    let freedom: Double
  }

  struct Holm: Decodable {
    let values: [Double]
    let adjusted: [Double]
  }

  struct Tail: Decodable {
    let df: Double
    let t: Double
    let tail: Double
  }

  struct Quantile: Decodable {
    let df: Double
    let p: Double
    let t: Double
  }

  struct Paired: Decodable {
    let differences: [Double]
    let statistic: Double
    let p: Double
    let intervals: [Interval]
    let signFlip: Double
  }

  struct Interval: Decodable {
    let level: Double
    let low: Double
    let high: Double
  }
}
