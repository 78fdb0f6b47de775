import Foundation
import Glibc
import SmallDisk
import Testing

/// The built program on a machine that fails it: full disks, a store that goes away, no memory, no time.
@Suite struct FaultTests {
  let program: Program

  init() throws { program = try Program() }

  /// A short run, and short of measuring, of each seed.
  private static let run = ["run", "dpvae/two-moons/vae", "--jobs", "2", "--json", "--no-progress"] + settings
  private static let settings = [
    "training.iterations=40", "evaluation.samples=100", "evaluation.likelihoodImages=2",
    "evaluation.likelihoodSamples=5", "evaluation.sklSamples=60", "evaluation.leakageSamples=50",
  ].flatMap { ["--set", $0] }

  /// What runs came to, without what a clock says.
  private func results(_ outcome: Program.Outcome) throws -> String {
    #expect(outcome.code == 0, "\(outcome.errors)")
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]]).map { $0.filter { $0.key != "seconds" } }
    return String(decoding: try JSONSerialization.data(withJSONObject: runs, options: [.sortedKeys]), as: UTF8.self)
  }

  private func statuses() throws -> Set<String> {
    let runs = try #require(try program.call("status", "--json").json()["runs"] as? [[String: Any]])
    return Set(runs.compactMap { $0["status"] as? String })
  }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `a sweep that fills its disk ends with 3 and one sentence, and goes on to the same scores when there is room`()
    throws
  {
    let command = Self.run + ["--seeds", "0..2", "--save-every", "0"]
    let whole = try results(program.call(command))
    let disk = try SmallDisk(kilobytes: 640)
    let onDisk = command + ["--store", disk.path + "/assay.sqlite"]
    let full = try program.call(onDisk)
    #expect(full.code == 3)
    let last = try #require(full.errors.split(separator: "\n").last)
    #expect(last.hasPrefix("assay: ") && last.hasSuffix(".") && last.contains("make space"), "\(full.errors)")
    #expect(try !disk.files().contains { $0.hasSuffix(".partial") })
    try disk.resize(kilobytes: 16_384)
    #expect(try results(program.call(onDisk)) == whole)
  }

  /// A command that writes a file, by what it writes.
  private static let writers = [
    "page.html": ["report", "dpvae", "-o"], "claims.xml": ["verify", "dpvae", "--junit"], "copy.sqlite": ["export"],
    "whole.sqlite": ["merge", "assay.sqlite", "--store"],
    "assay.sqlite": ["submit", "slurm", "dpvae/two-moons/dpvae", "--dry-run", "--store"],
  ]

  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `a file that does not fit is refused in a sentence, and nothing stands under its name; then there is room`()
    throws
  {
    #expect(try program.call(Self.run + ["--seeds", "0"]).code == 0)
    for name in Self.writers.keys.sorted() { try isRefusedForRoom(name) }
  }

  private func isRefusedForRoom(_ name: String) throws {
    let (disk, command) = (try SmallDisk(kilobytes: 64), try #require(Self.writers[name]))
    try disk.fill()
    let full = try program.call(command + ["\(disk.path)/\(name)"])
    #expect(full.code == 3)
    let sentence = try #require(full.errors.split(separator: "\n").last)
    #expect(sentence.contains(disk.path) && sentence.contains("space") && sentence.hasSuffix("."), "\(sentence)")
    #expect(try disk.files().allSatisfy { !["claims.xml", "copy.sqlite"].contains($0) && !$0.hasSuffix(".html") })
    disk.clear()
    try disk.resize(kilobytes: 16_384)
    #expect([0, 2].contains(try program.call(command + ["\(disk.path)/\(name)"]).code))
    #expect(try !disk.files().isEmpty)
  }

  @Test func `an output that takes nothing ends a command with 3 and a sentence, a log that takes nothing ends none`()
    throws
  {
    func call(_ command: String) throws -> Program.Outcome { try program.run("/bin/sh", ["-c", command]) }
    let full = try call("exec '\(Program.path)' list papers >/dev/full")
    #expect(full.code == 3)
    #expect(full.errors.hasPrefix("assay: ") && full.errors.hasSuffix("run again.\n"), "\(full.errors)")
    let unheard = Self.run.filter { $0 != "--no-progress" }.joined(separator: " ")
    #expect(try call("exec '\(Program.path)' \(unheard) -v --seeds 0 2>/dev/full").code == 0)
  }

  @Test(arguments: [true, false])
  func `a store that is deleted or emptied under a sweep ends it with 3, and what was trained is not lost`(
    isDeleted: Bool
  ) throws {
    let file = program.home + "/assay.sqlite"
    var hasBegun = false
    let endless = ["training.iterations=1000000", "training.logEvery=1"].flatMap { ["--set", $0] }
    let outcome = try program.call(
      "run", "dpvae/two-moons/vae", "--seeds", "0..1", "--jobs", "2", "--save-every", "0", "-v", endless[0], endless[1],
      endless[2], endless[3]
    ) { line, _ in
      guard !hasBegun, line.contains("/1000000 ") else { return }
      hasBegun = true
      if isDeleted { for end in ["", "-wal", "-shm"] { unlink(file + end) } } else { truncate(file, 0) }
    }
    #expect(outcome.code == 3)
    let last = try #require(outcome.errors.split(separator: "\n").last)
    #expect(last.contains(isDeleted ? "has been written again" : "it was emptied while it was in use"))
    let left = try FileManager.default.subpathsOfDirectory(atPath: program.home + "/checkpoints/savepoints")
    #expect(left.count { $0.hasSuffix(".safetensors") } >= 2)
    if isDeleted { #expect(try statuses().isSubset(of: ["running", "interrupted"])) }
  }

  @Test func `a loss that is no number ends its run as diverged with the iteration, and the sweep goes on`() throws {
    let outcome = try program.call(
      Self.run + ["--seeds", "0..1", "--jobs", "1", "--set", "training.learningRate=1e18"])
    #expect(outcome.code == 2)
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs.compactMap { $0["status"] as? String } == ["diverged", "diverged"])
    for run in runs {
      #expect((run["reason"] as? String)?.hasPrefix("Training diverged: at iteration ") == true)
    }
  }

  @Test func `a worker without memory fails its run with the reason, and the sweep goes on`() throws {
    let command =
      "ulimit -v 500000; exec '\(Program.path)' "
      + (Self.run + ["--seeds", "0", "dpvae/glyphs/vae", "--set", "training.batch=2000"]).joined(separator: " ")
    let outcome = try program.run("/bin/sh", ["-c", command])
    #expect(outcome.code == 2)
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs.compactMap { $0["status"] as? String }.sorted() == ["done", "failed"])
    let reason = try #require(runs.compactMap { $0["reason"] as? String }.first)
    #expect(reason.contains("as it is where memory runs out; lower --jobs or free some memory"), "\(reason)")
  }
}
