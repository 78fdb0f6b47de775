import Experiments
import Foundation
import Glibc
import Store
import Testing

/// Runs of the built program that are killed, and several programs at one store.
@Suite struct SurvivalTests {
  let program: Program

  init() throws { program = try Program() }

  /// A short run of two stages with a candidate's weights, and a savepoint after each iteration.
  private static let run =
    ["run", "dpvae/two-moons/dpvae", "--seeds", "0", "--jobs", "1", "--save-every", "0"]
    + [
      "training.iterations=30", "training.selection=best", "training.secondStage.iterations=20",
      "evaluation.samples=100",
      "evaluation.likelihoodImages=2", "evaluation.likelihoodSamples=5", "evaluation.sklSamples=60",
      "evaluation.leakageSamples=50",
    ].flatMap { ["--set", $0] }

  /// When to kill, as what may be seen of a run at work.
  enum Moment: CaseIterable {
    /// As soon as the worker is there.
    case begun
    /// In the middle of writing a savepoint.
    case saving
    /// After another savepoint, of the first stage or the second.
    case saved
    /// After the training, while the first metrics are measured.
    case measuring
    /// After another metric is in the store.
    case recorded
  }

  @Test func `killed at any moment, again and again, it comes to the weights and scores of a run that never was`()
    throws
  {
    let whole = try results(program.call(Self.run + ["--store", program.home + "/whole.sqlite", "--json"]))
    #expect(whole.contains("\"status\":\"done\""))
    // As many as a debug build has time for, which is a tenth as fast.
    let kills = _isDebugAssertConfiguration() ? 6 : 50
    var generator = SystemlessGenerator(state: 17)
    var (hits, moment) = (0, 0)
    while hits < kills, moment < 3 * kills {
      let kind = Moment.allCases[moment % Moment.allCases.count]
      moment += 1
      if try killed(at: kind, turns: Int.random(in: 1...8, using: &generator)) { hits += 1 }
      // A run that is over before its moment comes begins anew, in another store.
      if try statuses() == ["done"] {
        #expect(try results(program.call(Self.run + ["--json"])) == whole)
        for end in ["", "-wal", "-shm"] { unlink(program.home + "/assay.sqlite" + end) }
      }
    }
    #expect(hits == kills)
    #expect(try results(program.call(Self.run + ["--json"])) == whole)
    let left = try FileManager.default.subpathsOfDirectory(atPath: program.home + "/checkpoints")
    #expect(!left.contains { $0.hasSuffix(".safetensors") && $0.hasPrefix("savepoints") }, "\(left)")
  }

  @Test func `eight sweeps at once do each run once, and all of them end with all results`() throws {
    let command = [
      "run", "dpvae/two-moons/vae", "--seeds", "0..9", "--jobs", "1", "--set", "training.iterations=2", "--set",
      "evaluation.likelihoodSamples=2", "--set", "evaluation.sklSamples=50", "--set", "evaluation.samples=100",
      "--json",
      "-q",
    ]
    let sweeps = try (0..<8).map { _ in try program.begin(command) }
    for sweep in sweeps { sweep.waitUntilExit() }
    #expect(sweeps.map(\.terminationStatus) == Array(repeating: 0, count: 8))
    let runs = try #require(try program.call("status", "--json").json()["runs"] as? [[String: Any]])
    #expect(runs.count == 10 && runs.allSatisfy { $0["status"] as? String == "done" && $0["attempts"] as? Int == 1 })
    let said = try FileManager.default.contentsOfDirectory(atPath: program.home).filter { $0.hasPrefix("errors-") }
    for file in said { #expect(try String(contentsOfFile: "\(program.home)/\(file)", encoding: .utf8).isEmpty) }
  }

  @Test func `a sweep takes over what another one was killed at`() throws {
    let endless = ["run", "dpvae/two-moons/vae", "--jobs", "1", "--seeds", "0", "--set", "training.iterations=1000000"]
    let sweep = try program.begin(endless)
    let worker = try #require(try wait { Self.workers(of: sweep.processIdentifier).first })
    _ = try wait { try statuses() == ["running"] ? true : nil }
    // Another sweep finds it at work, and waits.
    let other = try program.begin(endless)
    _ = try wait { Self.workers(of: other.processIdentifier).isEmpty ? true : nil }
    kill(sweep.processIdentifier, SIGKILL)
    kill(worker, SIGKILL)
    sweep.waitUntilExit()
    _ = try #require(try wait { Self.workers(of: other.processIdentifier).first })
    kill(other.processIdentifier, SIGTERM)
    other.waitUntilExit()
    #expect(other.terminationStatus == 130)
    #expect(try statuses() == ["interrupted"])
  }

  @Test func `a worker whose sweep is killed leaves a savepoint and ends`() throws {
    let sweep = try program.begin([
      "run", "dpvae/two-moons/vae", "--jobs", "1", "--seeds", "0", "--set", "training.iterations=1000000",
    ])
    let worker = try #require(try wait { Self.workers(of: sweep.processIdentifier).first })
    // Once it has started the run it trains within milliseconds, or is asked before it does.
    _ = try wait { try attempts() > 0 ? true : nil }
    kill(sweep.processIdentifier, SIGKILL)
    sweep.waitUntilExit()
    _ = try wait { try statuses() == ["interrupted"] ? true : nil }
    _ = try wait { kill(worker, 0) == 0 ? nil : true }
    let run = try #require(try RunStore.read(program.home + "/assay.sqlite").runs().first)
    #expect(run.status == .interrupted && run.reason?.hasPrefix("Training was interrupted after iteration ") == true)
    #expect(try savepoints().count == 1)
  }

  @Test func `a worker whose sweep is killed ends within a metric that would take hours, and what it measured stays`()
    throws
  {
    let sweep = try program.begin([
      "run", "dpvae/two-moons/vae", "--jobs", "1", "--seeds", "0", "--set", "training.iterations=1", "--set",
      "evaluation.likelihoodSamples=10000000",
    ])
    let worker = try #require(try wait { Self.workers(of: sweep.processIdentifier).first })
    // What comes before the likelihood: the training, and parts of the ELBO.
    _ = try wait { try parts() > 3 ? true : nil }
    kill(sweep.processIdentifier, SIGKILL)
    sweep.waitUntilExit()
    _ = try wait { kill(worker, 0) == 0 ? nil : true }
    #expect(try parts() > 3)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a command that has nothing to keep ends with 130 when it is asked to`(signal: Int32) throws {
    // Nobody ever writes to this, so that the program waits for a store's first bytes.
    let pipe = program.home + "/pipe"
    mkfifo(pipe, 0o600)
    let merge = try program.begin(["merge", pipe])
    _ = try wait { Self.catches(signal, merge.processIdentifier) ? true : nil }
    kill(merge.processIdentifier, signal)
    merge.waitUntilExit()
    #expect(merge.terminationReason == .exit && merge.terminationStatus == 130)
  }

  /// Whether a process has a handler for a signal, by its bit in the kernel's mask.
  private static func catches(_ signal: Int32, _ process: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
    let mask = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
    return mask >> UInt64(signal - 1) & 1 == 1
  }

  /// Kills a sweep and its worker at a moment.
  /// - Parameter turns: how often the moment's condition is looked at again once it holds.
  /// - Returns: whether the run was still at work.
  private func killed(at moment: Moment, turns: Int) throws -> Bool {
    let before = (savepoints: try savepoints(), parts: try parts())
    for file in try weights() { unlink(file) }
    let sweep = try program.begin(Self.run)
    var left = turns
    let worker: pid_t? = try wait {
      guard sweep.isRunning else { return 0 }
      guard let worker = Self.workers(of: sweep.processIdentifier).first else { return nil }
      guard try holds(moment, before) else { return nil }
      left -= 1
      return left > 0 ? nil : worker
    }
    guard let worker, worker > 0 else {
      sweep.waitUntilExit()
      return false
    }
    kill(sweep.processIdentifier, SIGKILL)
    kill(worker, SIGKILL)
    sweep.waitUntilExit()
    return try statuses() != ["done"]
  }

  private func holds(_ moment: Moment, _ before: (savepoints: Set<String>, parts: Int)) throws -> Bool {
    switch moment {
    case .begun: true
    case .saving: try savepoints().contains { $0.hasSuffix(".partial") }
    case .saved: try !savepoints().isSubset(of: before.savepoints)
    case .measuring: try !weights().isEmpty
    case .recorded: try !weights().isEmpty && parts() > max(1, before.parts)
    }
  }

  /// Looks again and again for what is to come, for some minutes at most.
  private func wait<Value>(_ look: () throws -> Value?) throws -> Value? {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      if let value = try look() { return value }
      poll(nil, 0, 1)
    }
    Issue.record("what was waited for did not come")
    return nil
  }

  private func attempts() throws -> Int { try store()?.runs().first?.attempts ?? 0 }

  private func savepoints() throws -> Set<String> {
    let folder = program.home + "/checkpoints/savepoints"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return Set(try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains(".safetensors") })
  }

  /// The files of trained weights, which are there once a training is over.
  private func weights() throws -> [String] {
    let folder = program.home + "/checkpoints"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".safetensors") }
      .map { "\(folder)/\($0)" }
  }

  /// How many parts of its results the run has.
  private func parts() throws -> Int {
    guard let store = store(), let run = try store.runs().first else { return 0 }
    return try store.parts(of: run.id).count
  }

  private func statuses() throws -> [String] { try store()?.runs().map(\.status.rawValue) ?? [] }

  /// The store, once it is made.
  private func store() -> RunStore? { try? RunStore.read(program.home + "/assay.sqlite") }

  /// What a run came to, without what a clock says.
  private func results(_ outcome: Program.Outcome) throws -> String {
    #expect(outcome.code == 0, "\(outcome.errors)")
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]]).map { $0.filter { $0.key != "seconds" } }
    return String(decoding: try JSONSerialization.data(withJSONObject: runs, options: [.sortedKeys]), as: UTF8.self)
  }

  /// The workers among a process's children, which `git` may be one of.
  private static func workers(of process: pid_t) -> [pid_t] {
    let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { pid_t($0) }.filter { child in
      let words = try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)
      return words?.hasSuffix("\0worker\0") == true
    }
  }
}

/// A generator of its own seed, so that a failing moment comes again.
private struct SystemlessGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
