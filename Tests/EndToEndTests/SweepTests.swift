import Foundation
import Glibc
import Testing

/// Whole sweeps of the built program.
@Suite struct SweepTests {
  let program: Program

  init() throws { program = try Program() }

  /// The runs of a `--json` answer, without what a clock says, as text.
  private func numbers(_ outcome: Program.Outcome) throws -> [String] {
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    return try runs.map { run in
      var run = run
      run["seconds"] = nil
      let data = try JSONSerialization.data(withJSONObject: run, options: [.sortedKeys])
      return String(decoding: data, as: UTF8.self)
    }
  }

  private func statuses() throws -> [(seed: Int, status: String, attempts: Int, reason: String)] {
    let runs = try #require(try program.call("status", "--json").json()["runs"] as? [[String: Any]])
    return try runs.map { run in
      (
        try #require(run["seed"] as? Int), try #require(run["status"] as? String),
        try #require(run["attempts"] as? Int), run["reason"] as? String ?? ""
      )
    }
  }

  @Test func `one worker and two give the same bits, weights and scores`() throws {
    func sweep(jobs: String) throws -> Program.Outcome {
      try program.call(
        "run", "dpvae/two-moons/vae", "dpvae/two-moons/dpvae+code", "--seeds", "0..1", "--set",
        "training.iterations=60", "--jobs", jobs, "--store", "\(program.home)/jobs-\(jobs).sqlite", "--json")
    }
    let (one, two) = (try sweep(jobs: "1"), try sweep(jobs: "2"))
    #expect(one.code == 0 && two.code == 0)
    let (first, second) = (try numbers(one), try numbers(two))
    #expect(first.count == 4)
    #expect(first == second)
    #expect(first.allSatisfy { $0.contains("\"weightsHash\":\"") && $0.contains("\"value\":") })
    // Four runs, four different models.
    let hashes = try #require(try one.json()["runs"] as? [[String: Any]]).compactMap { $0["weightsHash"] as? String }
    #expect(Set(hashes).count == 4)
  }

  @Test func `a sweep leaves scores, weights, verdicts and a report that is the same each time`() throws {
    let arguments = ["dpvae/two-moons/vae", "dpvae/two-moons/dpvae"]
    let outcome = try program.call(
      "run", arguments[0], arguments[1], "--seeds", "0..1", "--tier", "smoke", "--no-progress")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(outcome.output.contains("skl/knn?space=z0"))
    let weights = try FileManager.default.contentsOfDirectory(atPath: program.home + "/checkpoints")
    #expect(weights.count == 4)

    let verdicts = try program.call("verify", "dpvae")
    #expect(verdicts.code == 2)
    #expect(verdicts.output.contains("dpvae/two-moons/dpvae-skl-lower (smoke): 2 of 5 seeds;"))

    func report(_ folder: String) throws -> [String: Data] {
      let outcome = try program.call("report", "-o", program.home + "/" + folder)
      #expect(outcome.code == 0)
      let root = program.home + "/" + folder
      let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.contains(".") }
      return try Dictionary(
        uniqueKeysWithValues: files.map { ($0, try Data(contentsOf: URL(filePath: "\(root)/\($0)"))) })
    }
    let first = try report("first")
    #expect(Set(["index.html", "index.md", "dpvae.html", "dpvae.md"]).isSubset(of: first.keys))
    #expect(try report("second") == first)
  }

  @Test func `what is done is not done again, unless it is forced`() throws {
    let command = ["run", "dpvae/two-moons/vae", "--seeds", "0", "--set", "training.iterations=20"]
    func run(_ flag: String) throws -> Program.Outcome {
      try program.call(command[0], command[1], command[2], command[3], command[4], command[5], flag)
    }
    let first = try run("--json")
    #expect(first.code == 0)
    let second = try run("--only-missing")
    #expect(second.code == 0)
    #expect(second.errors == "1 of 1 runs need nothing more\n")
    #expect(try statuses().map(\.attempts) == [1])
    #expect(try run("--force").code == 0)
    #expect(try statuses().map(\.attempts) == [2])
    #expect(try numbers(run("--json")) == numbers(first))
  }

  @Test func `a run whose workers are killed fails with the reason, and the sweep goes on`() throws {
    let outcome = try program.call(
      "run", "dpvae/two-moons/vae", "--seeds", "0..1", "--jobs", "1", "--set", "training.iterations=1000000",
      "--verbose"
    ) { line, _ in
      if let worker = Self.worker(in: line) { kill(worker, SIGKILL) }
    }
    #expect(outcome.code == 2)
    let runs = try statuses()
    #expect(runs.map(\.status) == ["failed", "failed"])
    #expect(
      runs.allSatisfy { $0.reason.hasPrefix("The worker process was killed by signal 9 (Killed), as it is where") })
    #expect(outcome.errors.split(separator: "\n").count { $0.hasPrefix("worker ") } == 4)
    #expect(try program.call("status").output.contains("killed by signal 9"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `an interruption exits 130 with the store consistent, and the same command goes on from there`(
    signal: Int32
  ) throws {
    // Long enough that the signal comes before the end however busy the machine is.
    let endless = try program.call(
      "run", "dpvae/two-moons/vae", "--seeds", "0..2", "--jobs", "1", "--set", "training.iterations=1000000",
      "--verbose"
    ) { line, process in
      if Self.worker(in: line) != nil { kill(process, signal) }
    }
    #expect(endless.code == 130)
    #expect(try statuses().map(\.status) == ["interrupted", "pending", "pending"])
    let reason = try #require(try statuses().first?.reason)
    #expect(reason.hasPrefix("Training was interrupted after iteration ") || reason == "Interrupted by the user.")

    // Of many short runs, some are done when the signal comes.
    func short() throws -> (outcome: Program.Outcome, done: Int) {
      var begun = 0
      let outcome = try program.call(
        "run", "dpvae/two-moons/vae", "--seeds", "10..25", "--jobs", "1", "--set", "training.iterations=5", "--verbose"
      ) { line, process in
        if Self.worker(in: line) != nil { begun += 1 }
        if begun == 3 { kill(process, signal) }
      }
      return (outcome, try statuses().filter { $0.seed >= 10 && $0.status == "done" }.count)
    }
    let first = try short()
    #expect(first.outcome.code == 130)
    #expect((2..<16).contains(first.done))
    let rest = try program.call(
      "run", "dpvae/two-moons/vae", "--seeds", "10..25", "--set", "training.iterations=5", "--no-progress")
    #expect(rest.code == 0)
    #expect(rest.errors == "\(first.done) of 16 runs need nothing more\n")
    #expect(try statuses().filter { $0.seed >= 10 }.allSatisfy { $0.status == "done" })
  }

  // Needs the official files; without ASSAY_DATA it is skipped, and says so.
  @Test(.enabled(if: Self.hasMNIST, "ASSAY_DATA names no folder with MNIST"))
  func `real MNIST goes the whole line, from the official files to a score`() throws {
    let source = try #require(ProcessInfo.processInfo.environment["ASSAY_DATA"])
    let data = program.home + "/data"
    #expect(try program.call("prepare", "mnist", "--from", source, "--data", data, "-q").code == 0)
    let outcome = try program.call(
      "run", "dpvae/mnist/vae", "--seeds", "0", "--set", "training.iterations=3", "--set", "dataset.trainLimit=500",
      "--data", data, "--json", "-q")
    #expect(outcome.code == 0)
    #expect(try numbers(outcome).allSatisfy { $0.contains("\"status\":\"done\"") && !$0.contains("\"failed\"") })
  }

  static let hasMNIST: Bool = {
    guard let data = ProcessInfo.processInfo.environment["ASSAY_DATA"] else { return false }
    return FileManager.default.fileExists(atPath: data + "/mnist/train-images-idx3-ubyte.gz")
  }()

  /// The process of `worker 123 begins …`.
  private static func worker(in line: String) -> pid_t? {
    guard line.hasPrefix("worker "), line.contains(" begins ") else { return nil }
    return pid_t(line.split(separator: " ")[1])
  }
}
