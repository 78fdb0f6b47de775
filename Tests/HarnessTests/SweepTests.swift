import Experiments
import Foundation
import Harness
import Store
import Testing

/// Workers that are shell commands: how a sweep takes their words and their deaths.
@Suite struct SweepTests {
  let folder: TemporaryFolder
  let workspace: Workspace
  let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(baselines: Baselines.folder, store: folder.path + "/assay.sqlite", data: folder.path)
    store = try workspace.openStore()
  }

  private func jobs() throws -> [WorkerJob] {
    let plan = try workspace.plan(["dpvae/two-moons/vae"], tier: .smoke, seeds: SeedList("0..2"))
    return try workspace.jobs(plan, policy: .onlyMissing, in: store)
  }

  /// Runs the jobs with a shell command for a worker, and gives what was heard of the ends, by seed.
  private func sweep(_ command: String, width: Int = 2) throws -> [(seed: Int, status: RunStatus, reason: String?)] {
    var ends: [(seed: Int, status: RunStatus, reason: String?)] = []
    try Sweep(jobs: jobs(), width: width, command: ["/bin/sh", "-c", command]).run(store: store) { event in
      if case .ended(let run, let status, let reason) = event { ends.append((run.seed, status, reason)) }
    }
    return ends.sorted { $0.seed < $1.seed }
  }

  private static let killed =
    "The worker process was killed by signal 9 (Killed), as it is where memory runs out; lower --jobs or free some memory."

  @Test func `a worker that is killed again and again fails its run with the signal, and the sweep goes on`() throws {
    let ends = try sweep("echo >>'\(folder.path)/begun'; kill -9 $$")
    #expect(ends.map(\.seed) == [0, 1, 2])
    #expect(ends.allSatisfy { $0.status == .failed && $0.reason == Self.killed })
    #expect(try store.runs().map(\.status) == [.failed, .failed, .failed])
    // Each was tried once more, and not for ever.
    #expect(try String(contentsOfFile: folder.path + "/begun", encoding: .utf8).count == 6)
    for run in try store.runs() {
      #expect(try store.events(of: run.id).map(\.what) == ["interrupted: \(Self.killed)", "failed: \(Self.killed)"])
    }
  }

  @Test func `a run whose worker was killed once goes on in another one`() throws {
    let ended = try String(decoding: JSONEncoder().encode(WorkerEvent.ended(.done, reason: nil)), as: UTF8.self)
    let ends = try sweep("mkdir '\(folder.path)/killed' 2>&- && kill -9 $$; echo '\(ended)'", width: 1)
    #expect(ends.map(\.status) == [.done, .done, .done])
  }

  @Test func `a worker that gives up fails its run with its exit code and its first words`() throws {
    let ends = try sweep("echo 'out of luck' >&2; echo more >&2; exit 4", width: 1)
    #expect(ends.map(\.reason) == Array(repeating: "The worker process exited with code 4: out of luck.", count: 3))
    #expect(ends.allSatisfy { $0.status == .failed })
  }

  @Test func `a worker that can do nothing for its store ends the sweep, and no run has failed`() throws {
    #expect(throws: HarnessError.gaveUp("The worker process exited with code 3: the store is gone.")) {
      try sweep("echo 'the store is gone.' >&2; exit 3", width: 1)
    }
    #expect(try store.runs().map(\.status) == [.interrupted, .pending, .pending])
  }

  @Test func `a worker that was asked to end leaves an interrupted run, and the sweep goes on`() throws {
    #expect(try sweep("exit 130").map(\.status) == [.interrupted, .interrupted, .interrupted])
  }

  @Test func `a worker that ends well without a word of its run has failed it`() throws {
    #expect(try sweep("true").allSatisfy { $0.status == .failed })
  }

  @Test func `a worker gets its job on standard input and one thread in its environment`() throws {
    let ends = try sweep(
      "cat >'\(folder.path)/job'$$; echo \"$OMP_NUM_THREADS $OPENBLAS_NUM_THREADS\" >&2; exit 1", width: 1)
    #expect(ends.allSatisfy { $0.reason?.hasSuffix(": 1 1.") == true })
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("job") }
    #expect(files.count == 3)
    let seeds = try files.map { file in
      let data = try Data(contentsOf: URL(filePath: "\(folder.path)/\(file)"))
      return try JSONDecoder().decode(WorkerJob.self, from: data).run.seed
    }
    #expect(seeds.sorted() == [0, 1, 2])
  }

  @Test func `events are passed on as they come, stray lines left out`() throws {
    let event = try String(
      decoding: JSONEncoder().encode(WorkerEvent.training(iteration: 5, iterations: 10, losses: [])), as: UTF8.self)
    let ended = try String(
      decoding: JSONEncoder().encode(WorkerEvent.ended(.diverged, reason: "no number")), as: UTF8.self)
    var heard: [Int] = []
    var statuses: [RunStatus] = []
    let command = "echo '\(event)'; echo 'a stray line'; echo '\(ended)'"
    try Sweep(jobs: jobs(), width: 3, command: ["/bin/sh", "-c", command]).run(store: store) { event in
      if case .worker(_, .training(let iteration, _, _)) = event { heard.append(iteration) }
      if case .ended(_, let status, _) = event { statuses.append(status) }
    }
    #expect(heard == [5, 5, 5])
    #expect(statuses == [.diverged, .diverged, .diverged])
  }

  @Test func `jobs that share a first stage wait for each other, and others go on meanwhile`() throws {
    let other = try workspace.plan(
      ["dpvae/two-moons/vae"], tier: .smoke, seeds: SeedList("0"),
      assignments: [try #require(Assignment("evaluation.samples=7"))]
    ).map(\.run)
    try store.register(other)
    let runs = try jobs().map(\.run)
    // Two jobs of one seed's stage, then one of another's.
    let work = [runs[0], other[0], runs[1]].map { run in
      WorkerJob(
        run: run, metrics: [], store: workspace.store, data: folder.path, checkpoints: folder.path, features: "",
        code: "",
        sharesFirstStage: true)
    }
    var (active, most, order): ([Int], Int, [Int]) = ([], 0, [])
    try Sweep(jobs: work, width: 2, command: ["/bin/sh", "-c", "true"]).run(store: store) { event in
      switch event {
      case .started(let run, _):
        active.append(run.seed)
        order.append(run.seed)
        most = max(most, active.filter { $0 == run.seed }.count)
      case .ended(let run, _, _): active.removeAll { $0 == run.seed }
      default: break
      }
    }
    #expect(most == 1 && order == [0, 1, 0])
  }

  @Test func `whom a sweep waits for is told once, and its run is taken over when it is let go`() throws {
    let jobs = try jobs()
    let held = jobs[0].run.id
    #expect(try store.lease(oneOf: [held], at: 0).granted == held)
    var (heard, ticks, ended): ([String], Int, [String]) = ([], 0, [])
    try Sweep(jobs: [jobs[0]], width: 2, command: ["/bin/sh", "-c", "true"]).run(store: store) { event in
      switch event {
      case .waits(let run, let holder): heard.append("\(run.id) \(holder.process)")
      case .ended(let run, _, _): ended.append(run.id)
      case .tick where ended.isEmpty:
        ticks += 1
        // After more than one look: it looks each second, and there are five ticks to one.
        if ticks == 8 {
          #expect(throws: Never.self) {
            try store.finish(held, with: RunOutcome(status: .interrupted, reason: "let go"))
          }
        }
      default: break
      }
    }
    #expect(heard.count == 1 && heard[0].hasPrefix("\(held) \(getpid()) on "))
    #expect(ended == [held])
  }

  @Test func `a worker that cannot be started ends the sweep with a sentence`() throws {
    let sweep = Sweep(jobs: try jobs(), width: 1, command: ["/nowhere/assay"])
    #expect { try sweep.run(store: store) { _ in } } throws: { "\($0)".contains("/nowhere/assay: No such file") }
  }
}
