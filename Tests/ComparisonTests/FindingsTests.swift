import Comparison
import Experiments
import Testing

struct FindingsTests {
  @Test func `findings hold the runs of the paper's own settings, in order, and the others apart`() throws {
    let other = ExperimentID(paper: "sigma-vae", dataset: "mnist", method: "vae")
    let records = try [
      Sample.record(Sample.worse, seed: 10, value: 2), Sample.record(Sample.worse, seed: 9, value: 2),
      Sample.record(Sample.better, seed: 3, value: 1), Sample.record(Sample.better, seed: 3, value: 5, iterations: 7),
      Sample.record(Sample.better, seed: 3, value: 1, tier: .smoke), Sample.record(other, seed: 3, value: 1),
    ]
    let findings = compare(paper: try Sample.paper(), records: records, tier: .nightly)
    #expect(findings.records == [records[2], records[1], records[0]])
    #expect(findings.altered == [records[3]])
    #expect(findings.verdicts.map(\.claim) == [Sample.claim()])
    let some = compare(paper: try Sample.paper(), records: records, tier: .nightly, seeds: [9])
    #expect(some.records == [records[1]])
    #expect(some.altered.isEmpty)
  }

  @Test func `findings do not depend on the order of the records`() throws {
    let records = try Sample.records(better: [1, 2, 3], worse: [2, 3, 5])
    let (a, b) = (
      compare(paper: try Sample.paper(), records: records, tier: .nightly),
      compare(paper: try Sample.paper(), records: records.reversed(), tier: .nightly)
    )
    #expect(a.records == b.records)
    #expect(a.verdicts == b.verdicts)
  }

  @Test func `an estimate has each seed's value, or why it has none`() throws {
    let records = try [
      Sample.record(Sample.worse, seed: 2, value: 4), Sample.record(Sample.worse, seed: 0, value: 1),
      Sample.record(Sample.worse, seed: 1, status: .diverged), Sample.record(Sample.worse, seed: 3),
      Sample.record(Sample.worse, seed: 4, value: .infinity), Sample.record(Sample.worse, seed: 5, status: .pending),
    ]
    let findings = compare(paper: try Sample.paper(), records: records, tier: .nightly)
    let estimate = findings.estimate(of: Sample.worse, metric: MetricID("skl/knn"))
    #expect(estimate.values.map(\.seed) == [0, 2])
    #expect(estimate.values.map(\.value) == [1, 4])
    #expect(estimate.values.map(\.metric) == [Sample.metric, Sample.metric])
    #expect(estimate.missing.map(\.seed) == [1, 3, 4, 5])
    #expect(estimate.missing.map(\.status) == ["diverged", "not measured", "failed", "pending"])
    #expect(estimate.missing.allSatisfy { !$0.reason.isEmpty })
    #expect(estimate.remark == "without seed 1 (diverged), seed 3 (not measured), seed 4 (failed), seed 5 (pending)")
  }

  @Test func `mean and deviation are those of the sample`() {
    func estimate(_ values: [Double]) -> Estimate {
      Estimate(
        values: values.enumerated().map {
          Estimate.Value(seed: $0.offset, run: "r", metric: Sample.metric, value: $0.element)
        }, missing: [])
    }
    #expect(estimate([]).mean == nil)
    #expect(estimate([3]).mean == 3)
    #expect(estimate([3]).deviation == nil)
    #expect(estimate([1, 2, 3, 6]).mean == 3)
    // Squares 4, 1, 0, 9 over n − 1 = 3.
    #expect(estimate([1, 2, 3, 6]).deviation == (14.0 / 3).squareRoot())
  }
}
