import Comparison
import Experiments
import Testing

/// Which number of a column may be called the best.
struct BestTests {
  private static let ids = ["a", "b", "c"].map { ExperimentID(paper: "dpvae", dataset: "mnist", method: $0) }

  /// The best of a, b and c, each with its values by seed.
  private func best(
    _ values: [[Double?]], direction: Direction = .lower,
    metrics: [MetricID] = Array(repeating: Sample.metric, count: 3),
    on pattern: MetricID = Sample.metric
  ) throws -> String? {
    let records = try zip(Self.ids, zip(values, metrics)).flatMap { id, row in
      try row.0.enumerated().map { seed, value in
        try Sample.record(
          id, seed: seed, value: value, status: value == nil ? .diverged : .done, metric: row.1, direction: direction)
      }
    }
    let findings = Findings(paper: try Sample.paper(), tier: .nightly, records: records, verdicts: [])
    return findings.best(among: Self.ids, on: pattern)?.method
  }

  @Test func `what lies clear of every other is the best, in the metric's direction`() throws {
    let values: [[Double?]] = [[3, 3.1, 3.2], [1, 1.2, 1.1], [2, 2.1, 2.3]]
    #expect(try best(values) == "b")
    #expect(try best(values, direction: .higher) == "a")
    #expect(try best(values, direction: .neither) == nil)
  }

  @Test func `a tie has no best, nor has a lead within the spread over seeds`() throws {
    #expect(try best([[1, 1.1, 1.2], [1, 1.1, 1.2], [2, 2.1, 2.3]]) == nil)
    #expect(try best([[1, 1.5, 1.2], [1.1, 1.4, 1.4], [2, 2.1, 2.3]]) == nil)
  }

  @Test func `two seeds are too few, and so are three of which one has no partner`() throws {
    #expect(try best([[3, 3.1], [1, 1.1], [2, 2.1]]) == nil)
    #expect(try best([[3, 3.1, 3.2], [1, nil, 1.1], [2, 2.1, 2.3]]) == nil)
    #expect(try best([[3, 3.1, 3.2, 3.1], [1, nil, 1.1, 1.2], [2, 2.1, 2.3, 2.2]]) == "b")
  }

  @Test func `an experiment without a value is no rival, and one alone has none`() throws {
    #expect(try best([[nil, nil, nil], [1, 1.2, 1.1], [2, 2.1, 2.3]]) == "b")
    #expect(try best([[nil, nil, nil], [1, 1.2, 1.1], [nil, nil, nil]]) == nil)
  }

  @Test func `a rival measured under another protocol leaves the column without a best`() throws {
    let values: [[Double?]] = [[3, 3.1, 3.2], [1, 1.2, 1.1], [2, 2.1, 2.3]]
    let unlike = [Sample.metric, Sample.metric, Sample.metric.with(["n": "10"])]
    #expect(try best(values, metrics: unlike, on: MetricID(Sample.metric.name)) == nil)
  }

  @Test func `Holm's correction asks more of the best the more rivals it has`() throws {
    let (first, second): ([Double?], [Double?]) = ([1, 1.2, 1.1], [1.22, 1.6, 1.48])
    let difference = zip(first, second).compactMap { pair in pair.0.flatMap { a in pair.1.map { $0 - a } } }
    let p = try #require(MeanTest(difference).p)
    #expect(p < Best.level && 2 * p > Best.level)
    #expect(try best([first, second, [nil, nil, nil]]) == "a")
    #expect(try best([first, second, second]) == nil)
  }
}
