import Comparison
import Experiments
import Testing

struct RegressionTests {
  private let thresholds = Thresholds(usual: 0.05)

  private func changes(
    from before: [Double], to after: [Double], direction: Direction = .lower, sameWeights: Bool = false,
    thresholds: Thresholds? = nil
  ) throws -> [Change] {
    func records(_ values: [Double], weights: String) throws -> [RunRecord] {
      try values.enumerated().map { seed, value in
        let plain = try Sample.record(Sample.better, seed: seed, value: value, direction: direction)
        var run = plain.run
        run.weightsHash = weights
        return RunRecord(run: run, scores: plain.scores, curves: [], artefacts: [])
      }
    }
    let snapshot = Snapshot(name: "good", promoted: 1, records: try records(before, weights: "a"))
    return Comparison.changes(
      since: snapshot, records: try records(after, weights: sameWeights ? "a" : "b"),
      thresholds: thresholds ?? self.thresholds)
  }

  private func status(from before: [Double], to after: [Double], direction: Direction = .lower) throws -> Change.Status
  {
    try #require(changes(from: before, to: after, direction: direction).first).status
  }

  @Test func `equal weights and values are the same bits, equal values alone are not`() throws {
    #expect(try changes(from: [1, 2], to: [1, 2], sameWeights: true).map(\.status) == [.identical])
    #expect(try changes(from: [1, 2], to: [1, 2]).map(\.status) == [.unchanged])
  }

  @Test func `a clear move beyond the threshold is a regression one way and an improvement the other`() throws {
    let (before, worse) = ([1.0, 1.1, 1.2], [1.5, 1.62, 1.7])
    #expect(try status(from: before, to: worse) == .regressed)
    #expect(try status(from: worse, to: before) == .improved)
    #expect(try status(from: before, to: worse, direction: .higher) == .improved)
    #expect(try status(from: before, to: worse, direction: .neither) == .unchanged)
  }

  @Test func `a move within the threshold is none, however certain`() throws {
    #expect(try status(from: [1, 1.1, 1.2], to: [1.04, 1.141, 1.24]) == .unchanged)
    let strict = Thresholds(usual: 0.05, byMetric: [Sample.metric.name: 0.01])
    #expect(
      try changes(from: [1, 1.1, 1.2], to: [1.04, 1.141, 1.24], thresholds: strict).map(\.status) == [.regressed])
  }

  @Test func `a move that may be chance is inconclusive, and so is one of a single seed`() throws {
    #expect(try status(from: [1, 1.1, 1.2], to: [1.9, 1.0, 1.3]) == .inconclusive)
    #expect(try status(from: [1], to: [2]) == .inconclusive)
  }

  @Test func `a score without a counterpart is missing, never a pass`() throws {
    let lost = try #require(changes(from: [1, 1.1, 1.2], to: [1, 1.1]).first)
    #expect(lost.status == .missing)
    #expect(lost.account == "no value now for seed 2.")
    #expect(try changes(from: [1], to: [.nan]).map(\.status) == [.missing])
  }

  @Test func `runs with other settings are no counterpart`() throws {
    let snapshot = Snapshot(name: "good", promoted: 1, records: [try Sample.record(Sample.better, seed: 0, value: 1)])
    let altered = try Sample.record(Sample.better, seed: 0, value: 1, iterations: 7)
    #expect(Comparison.changes(since: snapshot, records: [altered], thresholds: thresholds).map(\.status) == [.missing])
  }

  @Test func `every experiment and metric of the baseline has one change, whatever the order of the records`() throws {
    let records = try Sample.records(better: [1, 2], worse: [3, 4])
    let snapshot = Snapshot(name: "good", promoted: 1, records: records)
    let found = Comparison.changes(since: snapshot, records: records.reversed(), thresholds: thresholds)
    #expect(found.map(\.experiment) == [Sample.better, Sample.worse])
    #expect(found.allSatisfy { $0.status == .identical })
  }

  @Test func `a step is found where it is, with its two levels`() throws {
    let series = [1.0, 1.1, 0.9, 1.05, 2.0, 2.1, 1.95, 2.05]
    let step = try #require(Step(in: series, level: 0.05))
    #expect(step.index == 4)
    #expect(abs(step.before - 1.0125) < 1e-12 && abs(step.after - 2.025) < 1e-12)
    // Of the 8!/(4! 4!) = 70 ways to part eight values in fours, two are as clear.
    #expect(abs(step.p - 2.0 / 70) < 0.01)
  }

  @Test func `a series without a step has none, nor one too short to tell`() {
    #expect(Step(in: [1.0, 1.2, 0.9, 1.1, 1.0, 0.95, 1.15, 1.05], level: 0.05) == nil)
    #expect(Step(in: [1, 1, 9, 9]) == nil)
    #expect(Step(in: Array(repeating: 2.5, count: 10)) == nil)
  }

  @Test func `noise shows a step as rarely as the level says`() {
    var state: UInt64 = 5
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    let found = (0..<60).count { _ in Step(in: (0..<7).map { _ in next() }, level: 0.1) != nil }
    // Six expected of sixty; fourteen would be three and a half standard errors above.
    #expect(found < 14)
  }
}
