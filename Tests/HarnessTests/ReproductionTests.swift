import Execution
import Experiments
import Foundation
import Harness
import Store
import Testing

/// Runs that are cut off while they train or are measured, in this process.
@Suite struct ReproductionTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(
      baselines: Baselines.folder, store: folder.path + "/assay.sqlite", data: folder.path + "/data")
  }

  /// What ends a run in the middle without leaving it time for anything.
  private struct Kill: Error {}

  private func job(in store: RunStore, savepointSeconds: Double? = nil) throws -> WorkerJob {
    let plan = try workspace.plan(
      ["dpvae/two-moons/dpvae"], tier: .smoke, seeds: SeedList("0"),
      assignments: ["training.iterations=40", "evaluation.samples=100"].compactMap(Assignment.init))
    return try #require(
      try workspace.jobs(plan, policy: .onlyMissing, savepointSeconds: savepointSeconds, in: store).first)
  }

  private func record(of job: WorkerJob) throws -> RunRecord {
    let records = try RunStore.read(job.store).records()
    return try #require(records.first { $0.run.id == job.run.id })
  }

  @Test func `measuring goes on with what is missing, to the results of a run that was never cut off`() throws {
    let whole: RunRecord = try {
      let elsewhere = try Workspace(
        baselines: Baselines.folder, store: folder.path + "/whole/assay.sqlite", data: folder.path + "/data")
      let store = try elsewhere.openStore()
      let plan = try workspace.plan(
        ["dpvae/two-moons/dpvae"], tier: .smoke, seeds: SeedList("0"),
        assignments: ["training.iterations=40", "evaluation.samples=100"].compactMap(Assignment.init))
      let job = try #require(try elsewhere.jobs(plan, policy: .onlyMissing, in: store).first)
      try reproduce(job, in: store, executor: CPUExecutor()) { _ in }
      return try record(of: job)
    }()
    #expect(whole.run.status == .done && whole.scores.count == 17 && !whole.artefacts.isEmpty)

    let store = try workspace.openStore()
    let job = try job(in: store)
    var (measured, begun, notes): ([String], Int, [String]) = ([], 0, [])
    for limit in [0, 1, 4, 2, 100] {
      begun += 1
      var left = limit
      do {
        try reproduce(job, in: store, executor: CPUExecutor()) { event in
          if case .note(let what) = event { notes.append(what) }
          guard case .phase(let words) = event, words.hasPrefix("measuring ") || words.hasPrefix("drawing ") else {
            return
          }
          left -= 1
          if left < 0 { throw Kill() }
          measured.append(words)
        }
      } catch is Kill {}
    }
    let pieced = try record(of: job)
    #expect((pieced.scores, pieced.curves, pieced.artefacts) == (whole.scores, whole.curves, whole.artefacts))
    #expect(pieced.run.weightsHash == whole.run.weightsHash && pieced.run.status == .done)
    #expect(pieced.run.attempts == begun)
    // A phase that was told of and then cut off is told of again; all others once.
    #expect(measured.count == 18 && Set(measured).count == 18, "\(measured)")
    #expect(
      notes == [
        "16 of 17 metrics are still to be measured", "12 of 17 metrics are still to be measured",
        "10 of 17 metrics are still to be measured",
      ])
    let told = try store.events(of: job.run.id).map(\.what)
    #expect(told.filter { !$0.hasPrefix("attempt ") } == notes)
    #expect(told.filter { $0.hasPrefix("attempt ") } == (2...begun).map { "attempt \($0) begins" })
  }

  @Test func `asked to stop, a run leaves a savepoint, says where, and goes on from there`() throws {
    let store = try workspace.openStore()
    let job = try job(in: store)
    var asked = 0
    let error = #expect(throws: (any Error).self) {
      try reproduce(
        job, in: store, executor: CPUExecutor(),
        isStopped: {
          asked += 1
          return asked > 12
        }
      ) { _ in }
    }
    #expect("\(try #require(error))".hasPrefix("Training was interrupted after iteration "))
    #expect(FileManager.default.fileExists(atPath: job.savepoints))
    var notes: [String] = []
    try reproduce(job, in: store, executor: CPUExecutor()) { if case .note(let what) = $0 { notes.append(what) } }
    #expect(notes.count == 1 && notes[0].hasPrefix("resumed at iteration ") && notes[0].hasSuffix(" of 40"))
    #expect(try record(of: job).run.status == .done)
    #expect(!FileManager.default.fileExists(atPath: job.savepoints))
  }
}
