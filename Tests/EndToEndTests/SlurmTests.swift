import Foundation
import Testing

/// A study on a real cluster of two nodes, brought up on loopback for the test; skipped without Slurm (Debian: slurm-wlm,
/// slurm-wlm-basic-plugins, munge).
@Suite(.enabled(if: Cluster.isInstalled, "Slurm is not installed (apt-get install slurm-wlm munge)"), .serialized)
struct SlurmTests {
  let program: Program
  private let study = [
    "dpvae/two-moons/vae", "dpvae/two-moons/dpvae", "--seeds", "0..1", "--set", "training.iterations=40",
  ]

  init() throws { program = try Program() }

  /// The runs of the study in a store, with their scores but without what a clock says.
  private func scores(in store: String) throws -> [String] {
    let outcome = try program.call(["run"] + study + ["--store", store, "--json", "-q"])
    #expect(outcome.code == 0)
    return try #require(try outcome.json()["runs"] as? [[String: Any]]).map { run in
      let timeless = run.filter { $0.key != "seconds" }
      return String(
        decoding: try JSONSerialization.data(withJSONObject: timeless, options: [.sortedKeys]), as: UTF8.self)
    }
  }

  @Test func `a study on a cluster, one task of it killed and put back, has the scores of the study made here`() throws
  {
    let cluster = try Cluster(in: program.home)
    program.variables["SLURM_CONF"] = cluster.configuration
    let submitted = try program.call(["submit", "slurm"] + study + ["--json"])
    #expect(submitted.code == 0, "\(submitted.errors)")
    let (job, folder) = try (
      #require(submitted.json()["job"] as? String), #require(submitted.json()["folder"] as? String)
    )

    // A signal that comes before the script has begun is lost.
    try cluster.await("at work", on: "\(job)_0") { _ in
      FileManager.default.fileExists(atPath: "\(folder)/shards/0/assay.sqlite")
    }
    try cluster.call("scancel", "--signal=KILL", "--batch", "\(job)_0")
    try cluster.await("failed", on: "\(job)_0") { $0.contains("FAILED") }
    try cluster.call("scontrol", "requeue", "\(job)_0")
    // It waits some seconds for its old credential to expire.
    #expect(try program.call(["submit", "slurm"] + study).isRefusal(64, "under way as the array \(job)"))
    try cluster.call("sbatch", "--wait", "--dependency=afterany:\(job)", "--output=/dev/null", "--wrap=true")
    let status = try program.call("status")
    #expect(status.output.contains("array \(job) of 4 runs in 4 tasks: 4 completed"))

    let shards = (0..<4).map { "\(folder)/shards/\($0)/assay.sqlite" }
    let merge = try program.call(["merge"] + shards)
    #expect(merge.code == 0)
    let merged = try scores(in: "\(program.home)/assay.sqlite")
    #expect(merged.count == 4)
    #expect(try merged == scores(in: "\(program.home)/here.sqlite"))
    #expect(try program.call(["submit", "slurm"] + study).isRefusal(64, "All of the 4 runs are done"))
  }

  @Test func `without a cluster the script is there to be read and what is missing is said`() throws {
    program.variables["PATH"] = program.home
    #expect(try program.call(["submit", "slurm"] + study).isRefusal(3, "(sbatch is not there)"))
    let written = try program.call(["submit", "slurm", "--dry-run", "--array-limit", "2", "--time", "1:00:00"] + study)
    let script = try #require(written.output.split(separator: " ").last).trimmingCharacters(in: .newlines)
    let text = try String(contentsOfFile: script, encoding: .utf8)
    #expect(text.contains("--array=0-3%2\n"))
    #expect(text.contains("--time='1:00:00'\n"))
    #expect(try program.call("status").output.contains("array, not submitted of 4 runs in 4 tasks"))
  }
}
