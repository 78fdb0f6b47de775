import Comparison
import Experiments
import Reporting
import SampleReport
import Testing

/// A page tells what happened to runs on their way.
struct DisturbedRunTests {
  private static let events = ["interrupted: <the power> failed", "attempt 2 begins", "resumed at iteration 7 of 9"]

  /// The page on findings in which seed 1 of the VAE on MNIST has these events.
  private func page(_ events: [String], as ending: String) throws -> String {
    let sample = try SampleFindings()
    let records = sample.findings().records.map { record -> RunRecord in
      let isIt = record.run.experiment.description == "dpvae/mnist/vae" && record.run.seed == 1
      return RunRecord(
        run: record.run, scores: record.scores, curves: [], artefacts: [],
        events: isIt ? events.enumerated().map { RunEvent(time: Double($0), what: $1) } : [])
    }
    let files = try report(
      [compare(paper: sample.paper, records: records, tier: .nightly)], command: "assay report")
    let file = try #require(files.first { $0.path == "dpvae.\(ending)" })
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test func `events are told of their run in their order, on both pages`() throws {
    let markdown = try page(Self.events, as: "md")
    #expect(markdown.contains("Of 20 runs 1 did not go through at once."))
    let row = try #require(markdown.split(separator: "\n").first { $0.contains("attempt 2 begins") })
    #expect(row.contains("`dpvae/mnist/vae`") && row.contains("| 1 |"))
    #expect(row.contains("failed; attempt 2 begins; resumed at iteration 7 of 9"))
    let html = try page(Self.events, as: "html")
    #expect(html.contains("interrupted: &lt;the power&gt; failed; attempt 2 begins; resumed at iteration 7 of 9"))
  }

  @Test func `of a long story the end is told, and how much goes before it`() throws {
    let markdown = try page((1...25).map { "resumed at iteration \($0) of 30" }, as: "md")
    #expect(markdown.contains("5 events before; resumed at iteration 6 of 30; "))
    #expect(markdown.contains("resumed at iteration 25 of 30") && !markdown.contains("iteration 5 of 30"))
  }

  @Test func `where nothing happened that is said`() throws {
    #expect(try page([], as: "md").contains("No run at this tier was cut off and gone on with"))
  }
}
