import Comparison
import Experiments
import Testing

/// Claims that a published cell is obtained.
struct ValueClaimTests {
  private func verdict(
    _ values: [Double], published value: Double = 1.26, deviation: Double? = nil, trials: Int? = nil,
    tier: Tier = .paper,
    tolerance: Double = 0.1, seeds: Int = 3
  ) throws -> Verdict {
    let plain = Sample.published(value: value)
    let published = Published(
      paper: plain.paper, table: plain.table, dataset: plain.dataset, method: plain.method, column: plain.column,
      metric: Sample.metric, value: value, deviation: deviation, unit: plain.unit, source: plain.source, note: "")
    let claim = Claim(
      id: "dpvae/table-1/mnist/vae/sKL", statement: "A statement.", source: "Table 1", tier: .paper, seeds: seeds,
      level: 0.05, assertion: .value(published, tolerance: tolerance, trials: trials))
    let records = try values.enumerated().map {
      try Sample.record(Sample.worse, seed: $0.offset, value: $0.element, tier: tier, iterations: 6000)
    }
    return decide(
      claim, in: Findings(paper: try Sample.paper(published: [published]), tier: tier, records: records, verdicts: []))
  }

  @Test func `near the published value it is obtained, far from it it is not, and a wide spread leaves it open`() throws
  {
    #expect(try verdict([1.25, 1.27, 1.28]).outcome == .supported)
    #expect(try verdict([2.25, 2.27, 2.28]).outcome == .contradicted)
    #expect(try verdict([1.0, 1.3, 1.5]).outcome == .inconclusive)
  }

  @Test func `the published spread counts by Welch's test`() throws {
    let values = [1.25, 1.27, 1.28]
    #expect(try verdict(values, deviation: 0.01, trials: 10).outcome == .supported)
    #expect(try verdict(values, deviation: 0.5, trials: 10).outcome == .inconclusive)
    let test = MeanTest(values, lessMean: 1.26, deviation: 0.5, count: 10)
    #expect(try verdict(values, deviation: 0.5, trials: 10).interval == test.interval(level: 0.05))
    #expect(try verdict(values, deviation: 0.5).interval == MeanTest(values.map { $0 - 1.26 }).interval(level: 0.05))
  }

  @Test func `below tier paper it is not comparable, and says why`() throws {
    let verdict = try verdict([1.25, 1.27, 1.28], tier: .nightly)
    #expect(verdict.outcome == .notComparable)
    #expect(verdict.account == "Tier nightly trains 300 of 6,000 iterations.")
  }

  @Test func `without runs it is not run, and with too few it is not decided`() throws {
    #expect(try verdict([]).outcome == .notRun)
    let few = try verdict([1.25, 1.26])
    #expect(few.outcome == .notRun)
    #expect(few.account.hasPrefix("2 of 3 seeds; obtained 1.255"))
  }
}
