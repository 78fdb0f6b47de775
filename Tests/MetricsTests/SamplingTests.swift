import Datasets
import Experiments
import Foundation
import Methods
import Tensors
import Testing

@testable import Metrics

private let model = AnalyticModel(lengths: [3, 3], size: 4, noiseVariance: 0.25)

private func low(
  _ count: Int, seed: UInt64 = 0, adjusting adjust: (inout Configuration) -> Void = { _ in }
) throws -> Matrix {
  let subject = try model.subject(adjusting: adjust)
  return try LowPosterior(of: subject, generator: Generator(seed: seed)).codes(count)
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

@Suite struct LowPosteriorTests {
  @Test func `kept draws are where the aggregate posterior is thinner than elsewhere under the prior`() throws {
    let subject = try model.subject()
    let density = MixtureDensity(model.encode(subject.dataset.train.matrix(0..<600)))
    let kept = density.logDensities(try low(300))
    let random = density.logDensities(subject.priorCodes(300, Generator(seed: 1)))
    #expect(mean(kept) < mean(random) - 1)
  }

  @Test func `any number of codes begins with the same ones`() throws {
    let many = try low(305)
    #expect(many.rows == 305)
    #expect(try low(40) == many.rows(0..<40))
  }

  @Test func `the same stream gives the same bits, another gives others`() throws {
    #expect(try low(50, seed: 1) == low(50, seed: 1))
    #expect(try low(50, seed: 1) != low(50, seed: 2))
  }

  @Test func `the draws of a round that are kept come lowest first and the rest is higher`() throws {
    let all = try low(50) { $0.evaluation.lowPosteriorKept = 50 }
    #expect(all.rows(0..<10) == (try low(10)))
  }

  @Test func `the authors' density keeps others`() throws {
    #expect(try low(50) != low(50) { $0.evaluation.lowPosteriorDensity = .authors })
  }

  @Test(arguments: [0, 51])
  func `keeping none or more than are drawn is refused`(kept: Int) {
    #expect(throws: MetricError.keepsTooMany(kept: kept, draws: 50)) {
      try low(10) { $0.evaluation.lowPosteriorKept = kept }
    }
  }
}

@Suite struct HighPosteriorTests {
  @Test func `kept draws are where the prior is thin`() throws {
    let subject = try model.subject()
    let posteriors = model.encode(subject.dataset.test.matrix(0..<200))
    let kept = HighPosterior(of: subject, among: posteriors, generator: Generator(seed: 1)).codes(20)
    let random = posteriors.mixtureSamples(200, Generator(seed: 2))
    #expect(kept.rows == 20)
    // A tenth of the draws lies outside of radius √(2 log 10) = 2.15 under a standard normal.
    #expect((0..<20).allSatisfy { squaredNorm(kept[$0]) > 1.5 * 1.5 })
    #expect(mean(standardNormalLogDensities(kept)) < mean(standardNormalLogDensities(random)) - 1)
  }

  @Test func `any number of codes begins with the same ones, each batch lowest first`() throws {
    let subject = try model.subject()
    let posteriors = model.encode(subject.dataset.test.matrix(0..<200))
    let sampling = HighPosterior(of: subject, among: posteriors, generator: Generator(seed: 1))
    let many = sampling.codes(50)
    #expect(many.rows == 50 && sampling.codes(7) == many.rows(0..<7))
    let densities = standardNormalLogDensities(many)
    #expect(Array(densities[20..<40]) == densities[20..<40].sorted())
  }
}

@Suite struct PosteriorSamplingTests {
  @Test func `samples have the posteriors' means and variances`() {
    let posteriors = Posteriors(
      means: Matrix(rows: 1, columns: 2, values: [1, -2]),
      logVariances: Matrix(rows: 1, columns: 2, values: [Float(log(4.0)), Float(log(0.25))]))
    let samples = posteriors.samples(Array(repeating: 0, count: 4000), Generator(seed: 3))
    for (column, (mean, variance)) in [(1.0, 4.0), (-2.0, 0.25)].enumerated() {
      let values = (0..<4000).map { Double(samples[$0, column]) }
      let estimate = SampleMean(of: values)
      // Four standard errors; a variance of 4000 normal numbers is good to √(2/4000) = 2.2 %.
      #expect(abs(estimate.value - mean) < 4 * (variance / 4000).squareRoot())
      let spread = (estimate.standardError ?? 0) * (estimate.standardError ?? 0) * 4000
      #expect(abs(spread / variance - 1) < 4 * 0.022)
    }
  }

  @Test func `a mixture is drawn from all of its components alike`() {
    let posteriors = Posteriors(
      means: Matrix(rows: 4, columns: 1, values: [0, 10, 20, 30]),
      logVariances: Matrix(rows: 4, columns: 1, values: [-4, -4, -4, -4]))
    let samples = posteriors.mixtureSamples(4000, Generator(seed: 3))
    for component in 0..<4 {
      let share = samples.values.count { abs($0 - Float(10 * component)) < 5 }
      // √(4000 · ¼ · ¾) = 27. Four of those.
      #expect(abs(share - 1000) < 110)
    }
  }

  @Test func `a subset has every item once before any repeats, and begins with the smaller subsets`() {
    let items = model.items(100, Generator(seed: 0))
    let all = items.subset(100)
    #expect(all.sorted() == Array(0..<100))
    #expect(items.subset(7) == Array(all.prefix(7)))
    #expect(items.subset(250) == all + all + all.prefix(50))
  }

  @Test func `a subset does not follow the order of the dataset`() {
    let even = model.items(10_000, Generator(seed: 0)).subset(1000).count { $0 % 2 == 0 }
    // √(1000 · ¼ · 0.9) = 15 for draws without replacement. Four of those.
    #expect(abs(even - 500) < 60)
  }

  @Test func `a squared distance is the sum of squares, for any length`() {
    for count in [1, 15, 16, 17, 784, 3072] {
      let (a, b) = (Generator(seed: 1).normals(count), Generator(seed: 2).normals(count))
      let expected = zip(a, b).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
      let obtained = rowDistances(
        Matrix(rows: 1, columns: count, values: a), Matrix(rows: 1, columns: count, values: b))[0]
      // Sixteen float32 sums of up to 64 terms.
      #expect(abs(obtained / expected - 1) < 1e-6)
    }
  }
}
