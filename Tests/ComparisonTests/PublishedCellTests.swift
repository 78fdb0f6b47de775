import Comparison
import Experiments
import Testing

struct PublishedCellTests {
  @Test func `at tier paper like is set against like`() throws {
    let cell = try cell(Sample.published(), values: [1.5, 1.75, 2], tier: .paper)
    #expect(cell.experiment == Sample.worse)
    #expect(cell.obtained?.mean == 1.75)
    #expect(cell.status == .compared(difference: 1.75 - 1.26, remark: nil))
  }

  @Test func `seeds without a value are named beside the difference`() throws {
    let records = try [
      Sample.record(Sample.worse, seed: 0, value: 2, tier: .paper, iterations: 6000),
      Sample.record(Sample.worse, seed: 1, status: .failed, tier: .paper, iterations: 6000),
    ]
    let findings = compare(paper: try Sample.paper(), records: records, tier: .paper)
    #expect(
      findings.cell(Sample.published(value: 1), reading: .paper).status
        == .compared(difference: 1, remark: "without seed 1 (failed)"))
  }

  @Test func `below tier paper nothing is compared, and the reason says by how much it is short`() throws {
    let cell = try cell(Sample.published(), values: [1.5], tier: .nightly)
    #expect(cell.obtained?.mean == 1.5)
    #expect(cell.status == .notComparable(reason: "tier nightly trains 300 of 6,000 iterations"))
  }

  @Test func `a blank cell of the paper is no number to compare with`() throws {
    let cell = try cell(Sample.published(value: nil, note: "blank in the paper"), values: [1.5], tier: .paper)
    #expect(cell.status == .notComparable(reason: "the paper has no number here: blank in the paper"))
  }

  @Test func `a metric measured under another protocol is not compared`() throws {
    let column = MetricID("skl/knn", ["space": "z"])
    let cell = try cell(Sample.published(metric: column), values: [1.5], tier: .paper)
    #expect(
      cell.status
        == .notComparable(reason: "measured as skl/knn?space=z0; the column stands for skl/knn?space=z"))
  }

  @Test func `a metric that failed under the column's own protocol has failed, whatever others gave`() throws {
    let column = MetricID("skl/knn", ["space": "z"])
    let measured = try Sample.record(Sample.worse, seed: 0, value: 2, tier: .paper, iterations: 6000)
    let failed = Score(missing: column, unit: "nats", direction: .lower, status: .failed, reason: "no codes")
    let record = RunRecord(run: measured.run, scores: measured.scores + [failed], curves: [], artefacts: [])
    let findings = compare(paper: try Sample.paper(), records: [record], tier: .paper)
    #expect(
      findings.cell(Sample.published(metric: column), reading: .paper).status
        == .missing(.failed, reason: "seed 0: no codes"))
  }

  @Test func `a method or column that the harness does not have is not implemented`() throws {
    let paper = try Sample.paper(notImplemented: ["Figures: none.", "Metrics: FID, for want of Inception's weights."])
    let findings = compare(paper: paper, records: [], tier: .paper)
    #expect(
      findings.cell(Sample.published(column: "FID", metric: nil), reading: .paper).status
        == .missing(.notImplemented, reason: "Metrics: FID, for want of Inception's weights."))
    let inception = MetricID("fid/inception-2048")
    #expect(
      findings.cell(Sample.published(column: "FID(LP)", metric: inception), reading: .paper).status
        == .missing(.notImplemented, reason: "no metric of ours stands for FID(LP)"))
    #expect(
      findings.cell(Sample.published(column: "NLL", metric: nil), reading: .paper).status
        == .missing(.notImplemented, reason: "no metric of ours stands for NLL"))
    #expect(
      findings.cell(Sample.published(method: "beta-vae-h"), reading: .paper).status
        == .missing(.notImplemented, reason: "there is no experiment dpvae/mnist/beta-vae-h"))
    #expect(
      findings.cell(Sample.published(), reading: .code).status
        == .missing(.notImplemented, reason: "there is no experiment dpvae/mnist/vae+code"))
  }

  @Test(arguments: [
    (RunStatus.pending, PublishedCell.Absence.notRun), (.running, .running), (.failed, .failed),
    (.diverged, .diverged), (.timedOut, .timedOut), (.interrupted, .interrupted), (.done, .notMeasured),
  ])
  func `a cell without a number says why`(status: RunStatus, absence: PublishedCell.Absence) throws {
    let record = try Sample.record(Sample.worse, seed: 4, status: status)
    let findings = compare(paper: try Sample.paper(), records: [record], tier: .nightly)
    guard case .missing(absence, let reason) = findings.cell(Sample.published(), reading: .paper).status else {
      Issue.record("\(findings.cell(Sample.published(), reading: .paper).status)")
      return
    }
    #expect(reason.hasPrefix("seed 4: "))
  }

  @Test func `a metric that does not apply says so`() throws {
    let id = MetricID("skl/knn", ["space": "z0"])
    let score = Score(
      missing: id, unit: "nats", direction: .lower, status: .notApplicable, reason: "there is no generation space")
    let run = try Sample.record(Sample.worse, seed: 0).run
    let record = RunRecord(run: run, scores: [score], curves: [], artefacts: [])
    let findings = compare(paper: try Sample.paper(), records: [record], tier: .nightly)
    #expect(
      findings.cell(Sample.published(), reading: .paper).status
        == .missing(.notApplicable, reason: "seed 0: there is no generation space"))
  }

  @Test func `an experiment without runs is not run, and runs with other settings are mentioned`() throws {
    let none = compare(paper: try Sample.paper(), records: [], tier: .nightly)
    #expect(
      none.cell(Sample.published(), reading: .paper).status
        == .missing(.notRun, reason: "dpvae/mnist/vae was not run at tier nightly"))
    let altered = try Sample.record(Sample.worse, seed: 0, value: 1, iterations: 7)
    let some = compare(paper: try Sample.paper(), records: [altered], tier: .nightly)
    guard case .missing(.notRun, let reason) = some.cell(Sample.published(), reading: .paper).status else {
      Issue.record("a run with other settings stands for the paper's")
      return
    }
    #expect(reason.hasSuffix("; runs with other settings than the paper's file: 1"))
  }

  @Test func `the cells come in the paper's order`() throws {
    let published = ["FID", "sKL", "NLL"].map { Sample.published(column: $0) }
    let findings = compare(paper: try Sample.paper(published: published), records: [], tier: .paper)
    #expect(findings.cells(reading: .paper).map(\.published) == published)
  }

  private func cell(_ published: Published, values: [Double], tier: Tier) throws -> PublishedCell {
    let iterations = tier == .paper ? 6000 : 300
    let records = try values.enumerated().map {
      try Sample.record(Sample.worse, seed: $0.offset, value: $0.element, tier: tier, iterations: iterations)
    }
    return compare(paper: try Sample.paper(), records: records, tier: tier).cell(published, reading: .paper)
  }
}
