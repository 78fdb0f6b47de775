import Execution
import Experiments
import Foundation
import Metrics
import Testing

/// Posteriors that are all the same: q(z) = N(c + offset, a² I).
private func model(offset: Double, scale: Double = 1) -> AnalyticModel {
  AnalyticModel(lengths: [0, 0], size: 3, noiseVariance: 1, scale: scale, offset: offset)
}

private func measurements(_ model: AnalyticModel, _ thresholds: [Int]) throws -> Measurements {
  let ids = thresholds.map { MetricID("leakage", ["t": "\($0)"]) }
  return try measure(ids, of: model.subject(), executor: CPUExecutor()) { _ in }
}

@Suite struct LeakageTests {
  @Test func `below a threshold that no density reaches the score is the divergence`() throws {
    // In two dimensions log N is at most −1.84, so at t = −1 every draw is leaked: E h = KL(q‖p) = ‖δ‖²/2 = 1.
    let score = try #require(measurements(model(offset: 1), [-1]).scores.first)
    let (value, error) = (try #require(score.value), try #require(score.standardError))
    #expect(abs(value - 1) < 4 * error)
    // h = δ·z − ‖δ‖²/2 has the standard deviation ‖δ‖ = √2, and there are 400 draws.
    #expect(abs(error / (2.0.squareRoot() / 20) - 1) < 0.2)
    #expect(score.count == 400)
    #expect(score.metric.description == "leakage?n=400&posteriors=100&t=-1")
  }

  @Test func `far out nearly every draw is leaked at a low threshold`() throws {
    // ‖δ‖² = 98: log p(z) is near −51 ± 10, and h = 49 on average.
    let scores = try measurements(model(offset: 7), [-1, -10, -30]).scores
    for score in scores {
      #expect(abs(try #require(score.value) - 49) < 4 * (try #require(score.standardError)) + 0.5)
      #expect(score.count >= 390)
    }
  }

  @Test func `where nothing leaks the score is zero and says so`() throws {
    let score = try #require(measurements(model(offset: 0), [-90]).scores.first)
    #expect(score.value == 0 && score.count == 0 && score.standardError == nil)
    #expect(score.reason == "none of 400 draws is below t")
  }

  @Test func `the prior is that of generation space, without the log-determinant`() throws {
    // q is the prior itself, N(0, 2² I): h = −log |det a| = −2 log 2 for every draw.
    let score = try #require(measurements(model(offset: 0, scale: 2), [-1]).scores.first)
    #expect(abs(try #require(score.value) + 2 * log(2)) < 1e-5)
  }

  @Test func `over all draws the excess counts where it is leaked, and not at all elsewhere`() throws {
    let (subject, ids) = (try model(offset: 2).subject(), ["leakage?t=-10", "leakage/expected?t=-10"])
    let scores = try measure(ids.compactMap(MetricID.init(_:)), of: subject, executor: CPUExecutor()) { _ in }.scores
    let share = Double(scores[0].count) / 400
    #expect(share > 0 && share < 1)
    #expect(abs(try #require(scores[1].value) - share * (try #require(scores[0].value))) < 1e-12)
    #expect(scores[1].count == 400 && scores[1].reason == "\(scores[0].count) of 400 draws are below t")
  }

  @Test func `the curve holds the scores of all thresholds`() throws {
    let thresholds = [-90, -70, -50, -30, -10, -1]
    let measurements = try measurements(model(offset: 7), thresholds)
    #expect(measurements.curves.map(\.iteration) == thresholds)
    #expect(measurements.curves.map(\.value) == measurements.scores.compactMap(\.value))
    #expect(measurements.curves.allSatisfy { $0.name == "leakage" })
  }

  @Test func `there is no curve where leakage is not asked for`() throws {
    let subject = try model(offset: 0).subject()
    #expect(try measure([MetricID("mse")], of: subject, executor: CPUExecutor()) { _ in }.curves.isEmpty)
  }
}
