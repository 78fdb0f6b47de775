import Experiments
import Foundation
import GRDB
import Store
import Testing

struct LifecycleTests {
  @Test func `registered runs are pending, once, in order of experiment, tier and seed`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let runs = try [
      Sample.run("dpvae", seed: 10), Sample.run("vae", tier: .paper, seed: 0), Sample.run("dpvae", seed: 9),
      Sample.run("vae", tier: .smoke, seed: 2), Sample.run("vae", tier: .nightly, seed: 1),
      Sample.run("vae", reading: .code, seed: 0),
    ]
    try store.register(runs)
    try store.register(runs.reversed())
    #expect(try store.runs() == [runs[2], runs[0], runs[3], runs[4], runs[1], runs[5]])
  }

  @Test func `runs are found by experiment, tier and seed together`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let (vae, twin) = (try Sample.run("vae", seed: 1), try Sample.run("dpvae", seed: 1))
    let nightly = try Sample.run("vae", tier: .nightly, seed: 1)
    try store.register([vae, twin, nightly, try Sample.run("vae", seed: 2)])
    #expect(try store.runs(experiments: [vae.experiment], tier: .smoke, seeds: [1, 5]) == [vae])
    #expect(try store.runs(tier: .nightly) == [nightly])
    #expect(try store.runs(experiments: [twin.experiment]) == [twin])
    #expect(try store.runs(experiments: []).isEmpty)
    #expect(try store.records(experiments: [vae.experiment], tier: .nightly).map(\.run) == [nightly])
  }

  @Test func `a run carries its attempt, start, cost and provenance`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 1234.5)
    let started = try #require(try store.runs().first)
    #expect(started.status == .running)
    #expect(started.attempts == 1)
    #expect(started.started == 1234.5)
    #expect(started.provenance == Sample.provenance)
    try store.finish(run.id, with: Sample.done)
    let done = try #require(try store.runs().first)
    #expect(done.status == .done)
    #expect(done.seconds == 12.5)
    #expect(done.processorSeconds == 12.25)
    #expect(done.peakMemory == 300_000_000)
    #expect(done.weightsHash == "5ca1ab1e")
    #expect(done.reason == nil)
  }

  @Test(arguments: [RunStatus.failed, .diverged, .timedOut])
  func `a run that did not finish says why, and may start anew`(status: RunStatus) throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 0)
    try store.save(scores: Sample.scores, curves: [], artefacts: [], of: run.id)
    try store.finish(run.id, with: RunOutcome(status: status, reason: "the loss was not a number", seconds: 1))
    #expect(try store.runs().map(\.reason) == ["the loss was not a number"])
    try store.start(run.id, provenance: Sample.provenance, at: 5)
    let again = try #require(try store.records().first)
    #expect(again.run.status == .running)
    #expect(again.run.attempts == 2)
    #expect(again.run.reason == nil)
    #expect(again.run.seconds == nil)
    #expect(again.scores.isEmpty)
  }

  @Test func `an outcome without what it needs is refused and changes nothing`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 0)
    let outcomes = [
      RunOutcome(status: .done), RunOutcome(status: .done, reason: "why", weightsHash: "ab"),
      RunOutcome(status: .failed), RunOutcome(status: .pending, reason: "r"), RunOutcome(status: .running, reason: "r"),
    ]
    for outcome in outcomes {
      #expect(throws: StoreError.self) { try store.finish(run.id, with: outcome) }
    }
    #expect(try store.runs().map(\.status) == [.running])
  }

  @Test func `a done run keeps its outcome until it is reset`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    try store.finish(run.id, with: RunOutcome(status: .failed, reason: "its worker ended with status 9"))
    #expect(try store.runs().map(\.status) == [.done])
    #expect(throws: StoreError.done(run: run.id)) {
      try store.start(run.id, provenance: Sample.provenance, at: 0)
    }
    try store.reset(run.id)
    var pending = run
    pending.attempts = 1
    let records = try store.records()
    #expect(records == [RunRecord(run: pending, scores: [], curves: [], artefacts: [])])
  }

  @Test func `a run that is not there is named`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let error = StoreError.unknownRun(path: folder.store(), run: "x")
    #expect(throws: error) { try store.start("x", provenance: Sample.provenance, at: 0) }
    #expect(throws: error) { try store.finish("x", with: Sample.done) }
    #expect(throws: error) { try store.reset("x") }
    #expect(throws: error) { try store.save(scores: [], curves: [], artefacts: [], of: "x") }
  }

  @Test func `a run whose process is no more is interrupted, one whose process lives is not`() async throws {
    let folder = try Folder()
    let (path, lost) = (folder.store(), try Sample.run(seed: 1))
    let store = try RunStore.open(path)
    let own = try Sample.run(seed: 0)
    try store.register([own, lost])
    try store.start(own.id, provenance: Sample.provenance, at: 0)
    let id = lost.id
    await #expect(processExitsWith: .exitCode(9)) { [path = path as String, id = id as String] in
      try RunStore.open(path).start(id, provenance: Sample.provenance, at: 0)
      _exit(9)
    }
    #expect(try store.interruptAbandoned(at: 1) == [lost.id])
    #expect(try store.runs().map(\.status) == [.running, .interrupted])
    #expect(try store.interruptAbandoned(at: 1).isEmpty)
    try store.start(lost.id, provenance: Sample.provenance, at: 1)
    #expect(try store.runs().map(\.attempts) == [1, 2])
  }

  @Test func `a run at work in a living process is not taken by another`() async throws {
    let folder = try Folder()
    let (path, run) = (folder.store(), try Sample.run())
    let store = try RunStore.open(path)
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 0)
    let id = run.id
    await #expect(processExitsWith: .success) { [path = path as String, id = id as String] in
      let error = #expect(throws: StoreError.self) {
        try RunStore.open(path).start(id, provenance: Sample.provenance, at: 1)
      }
      guard case .taken(run: id, worker: _) = error else { exit(1) }
    }
    #expect(try store.runs().map(\.attempts) == [1])
  }

  @Test func `settings changed by hand are found out`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(sql: "UPDATE run SET configuration = json_set(configuration, '$.training.iterations', 9)")
    }
    let error = #expect(throws: StoreError.self) { try store.runs() }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `why a run was not done stays told when it is begun again, and so does how it was begun`() throws {
    let folder = try Folder()
    let (store, id) = (try RunStore.open(folder.store()), try Sample.run().id)
    try store.register([try Sample.run()])
    try store.start(id, provenance: Sample.provenance, at: 1)
    try store.finish(id, with: RunOutcome(status: .interrupted, reason: "the user asked"), at: 2)
    try store.start(id, provenance: Sample.provenance, at: 3)
    try store.finish(id, with: RunOutcome(status: .interrupted, reason: "the user asked"), at: 4)
    var other = Sample.provenance
    other.code = "another"
    try store.start(id, provenance: other, at: 5)
    try store.finish(id, with: RunOutcome(status: .failed, reason: "no memory"), at: 6)
    try store.reset(id)
    try store.start(id, provenance: other, at: 7)
    try store.finish(id, with: Sample.done, at: 8)
    let events = try store.events(of: id)
    #expect(
      events.map(\.what) == [
        "interrupted: the user asked", "attempt 2 begins", "interrupted: the user asked",
        "attempt 3 begins anew, for the code is another", "failed: no memory", "attempt 4 begins anew",
      ])
    #expect(events.map(\.time) == [2, 3, 4, 5, 6, 7])
    #expect(try store.records().map(\.events) == [events])
  }

  @Test func `of a run that goes through at once there is nothing to tell`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    #expect(try store.events().isEmpty)
  }
}
