import Experiments
import Foundation
import GRDB
import Store
import Testing

/// Runs that another program made stand beside our own, and are told from them.
struct ExternalRunTests {
  private func external(_ run: Run, scores: [Score] = Sample.scores) -> ExternalRun {
    var provenance = Sample.provenance
    provenance.external = ExternalOrigin(
      program: "another program", files: [.init(role: "samples", path: "/a/b.npy", sha256: "ab12", count: 100)])
    return ExternalRun(
      run: run, provenance: provenance, scores: scores, artefacts: Sample.artefacts, began: 1000, seconds: 2.5)
  }

  @Test func `an external run is done, without weights, with its scores and where they come from`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.checkRoom(for: run)
    try store.record(external(run), replacing: false)
    let record = try #require(try store.records().first)
    #expect(record.run.id == run.id)
    #expect(record.run.status == .done)
    #expect(record.run.weightsHash == nil)
    #expect(record.run.isExternal)
    #expect(record.run.provenance == external(run).provenance)
    #expect(record.run.started == 1000)
    #expect(record.run.seconds == 2.5)
    #expect(record.scores == Sample.scores)
    #expect(record.artefacts == Sample.artefacts)
  }

  @Test func `the views tell external runs from our own`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run(seed: 0))
    try store.record(external(try Sample.run(seed: 1)), replacing: false)
    try DatabaseQueue(path: folder.store()).read { (db: Database) throws -> Void in
      #expect(try String.fetchAll(db, sql: "SELECT origin FROM v_run ORDER BY seed") == ["own", "external"])
      #expect(
        try String.fetchAll(db, sql: "SELECT DISTINCT origin FROM v_score ORDER BY seed") == ["own", "external"])
    }
  }

  @Test func `an external run takes no other run's place unless it is told to`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    let ours = try store.records()
    let refusal = StoreError.occupied(run: run.id, what: "our own, done")
    #expect(throws: refusal) { try store.checkRoom(for: run) }
    #expect(throws: refusal) { try store.record(external(run), replacing: false) }
    #expect(try store.records() == ours)

    let score = Score(metric: MetricID("elbo"), value: -3, unit: "nats", direction: .higher, count: 7)
    try store.record(external(run, scores: [score]), replacing: true)
    #expect(try store.records().map(\.scores) == [[score]])
    #expect(try store.records().map(\.curves) == [[]])
    #expect(throws: StoreError.occupied(run: run.id, what: "external")) {
      try store.record(external(run), replacing: false)
    }
  }

  @Test func `a run that is only registered has room`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.checkRoom(for: run)
    try store.record(external(run), replacing: false)
    #expect(try store.runs().map(\.isExternal) == [true])
  }

  @Test func `a run that is at work is not replaced`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 0)
    let error = #expect(throws: StoreError.self) { try store.record(external(run), replacing: true) }
    guard case .taken(run: run.id, worker: _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try store.runs().map(\.status) == [.running])
  }

  @Test func `reset, an external run becomes one to be trained here`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.record(external(run), replacing: false)
    try store.reset(run.id)
    try store.start(run.id, provenance: Sample.provenance, at: 5)
    try store.finish(run.id, with: Sample.done)
    let again = try #require(try store.records().first)
    #expect(!again.run.isExternal)
    #expect(again.run.weightsHash == "5ca1ab1e")
    #expect(again.scores.isEmpty)
  }
}
