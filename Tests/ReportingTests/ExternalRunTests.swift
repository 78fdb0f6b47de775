import Comparison
import Experiments
import Reporting
import SampleReport
import Testing

/// Numbers of runs that another program made carry a dagger wherever they stand, and a note says whose they are.
struct ExternalRunTests {
  private let vae = ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae")
  private let findings: Findings

  /// Seed 1 of the VAE on MNIST is external.
  init() throws {
    let sample = try SampleFindings()
    let vae = vae
    let records = sample.findings().records.map { record -> RunRecord in
      guard record.run.experiment == vae, record.run.seed == 1 else { return record }
      var run = record.run
      run.weightsHash = nil
      run.provenance?.external = ExternalOrigin(
        program: "somebody's trainer", files: [.init(role: "samples", path: "/s.npz", sha256: "c0ffee", count: 10_000)])
      return RunRecord(run: run, scores: record.scores, curves: [], artefacts: [])
    }
    findings = compare(paper: sample.paper, records: records, tier: .nightly)
  }

  @Test(arguments: ["dpvae/table-1", "dpvae/scores"])
  func `an estimate with an external seed is marked, and a note below the table says which`(id: String) throws {
    let text = try table(id, of: [findings], as: .markdown)
    let marked = text.split(separator: "\n").filter { $0.contains(")†") }
    #expect(!marked.isEmpty)
    #expect(marked.allSatisfy { !$0.contains("dpvae/mnist/dpvae") && !$0.contains("two-moons") })
    #expect(
      text.contains(
        "† VAE on mnist: seed 1 external, measured here on files of somebody's trainer and not trained here."))
  }

  @Test func `a table without external runs has no dagger`() throws {
    let text = try table("dpvae/scores", of: [try SampleFindings().findings()], as: .markdown)
    #expect(!text.contains("†"))
  }

  @Test func `CSV names the external seeds as a remark`() throws {
    let text = try table("dpvae/scores", of: [findings], as: .csv)
    let lines = text.split(separator: "\r\n").filter { $0.contains("external: seed 1") }
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0.hasPrefix("dpvae/mnist/vae,") })
  }

  @Test func `LaTeX prints the dagger as one`() throws {
    #expect(try table("dpvae/scores", of: [findings], as: .latex).contains("(5)$\\dagger$"))
  }

  @Test func `a verdict says that it rests on an external run`() throws {
    let verdict = try #require(findings.verdicts.first { $0.claim.id == "dpvae/mnist/skl-lower" })
    #expect(verdict.account.contains("; on external runs at seed 1; without seed 3 "))
  }

  @Test func `the page tells what an external run was measured on`() throws {
    let files = try report([findings], command: "assay report")
    let page = try #require(files.first { $0.path == "dpvae.md" })
    let text = String(decoding: page.content, as: UTF8.self)
    #expect(text.contains("1 external run, measured on bench-1"))
    #expect(text.contains("10,000 in `/s.npz`, SHA-256 `c0ffee`"))
  }
}
