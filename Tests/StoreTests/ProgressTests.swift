import Experiments
import Foundation
import GRDB
import Store
import Testing

/// What a run that was cut off keeps, and what it does not.
struct ProgressTests {
  private let folder: Folder
  private let store: RunStore
  private let id: String

  init() throws {
    folder = try Folder()
    store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    id = run.id
    try store.start(id, provenance: Sample.provenance, at: 100)
  }

  private func train(_ weights: String = "w", by program: String = "p") throws -> Set<String> {
    try store.trained(id, weightsHash: weights, by: program, curves: Sample.curves)
  }

  /// Leaves a run interrupted with one metric measured.
  private func interrupt() throws {
    _ = try train()
    try store.record("elbo", scores: [Sample.scores[0]], of: id)
    try store.finish(
      id, with: RunOutcome(status: .interrupted, reason: "stopped", seconds: 10, processorSeconds: 9, peakMemory: 500))
  }

  @Test func `an interrupted run goes on with what it measured, to the results of one that was not`() throws {
    try interrupt()
    try store.start(id, provenance: Sample.provenance, at: 200)
    #expect(try train() == ["training by p", "elbo"])
    try store.record("elbo", scores: [Sample.scores[1]], of: id)
    try store.record("others", scores: Array(Sample.scores[1...]), curves: [Sample.curves[0]], of: id)
    try store.record("pictures", artefacts: Sample.artefacts, of: id)
    try store.finish(id, with: RunOutcome(status: .done, seconds: 5, peakMemory: 400, weightsHash: "w"))
    let record = try #require(try store.records().first)
    #expect((record.scores, record.curves, record.artefacts) == (Sample.scores, Sample.curves, Sample.artefacts))
    #expect((record.run.seconds, record.run.processorSeconds, record.run.peakMemory) == (15, 9, 500))
    #expect(record.run.attempts == 2)
  }

  @Test func `what there is of a run at work or interrupted is nobody's result`() throws {
    _ = try train()
    try store.record("elbo", scores: [Sample.scores[0]], of: id)
    for _ in 0..<2 {
      let record = try #require(try store.records().first)
      #expect(record.scores.isEmpty && record.curves.isEmpty)
      let shown = try DatabaseQueue(path: folder.store()).read { db in
        try Int.fetchOne(db, sql: "SELECT (SELECT count(*) FROM v_score) + (SELECT count(*) FROM v_curve)")
      }
      #expect(shown == 0)
      try store.finish(id, with: RunOutcome(status: .interrupted, reason: "stopped"))
    }
  }

  @Test func `other code, data, libraries or instructions measure everything again`() throws {
    for change in [\Provenance.code, \.instructionSet] {
      try interrupt()
      var other = Sample.provenance
      other[keyPath: change] = "other"
      try store.start(id, provenance: other, at: 200)
      #expect(try train() == ["training by p"])
      try store.reset(id)
      try store.start(id, provenance: Sample.provenance, at: 0)
    }
    for change in [\Provenance.libraries, \.data] {
      try interrupt()
      var other = Sample.provenance
      other[keyPath: change] = ["x": "other"]
      try store.start(id, provenance: other, at: 200)
      #expect(try store.runs().first?.seconds == nil)
      #expect(try train() == ["training by p"])
      try store.reset(id)
      try store.start(id, provenance: Sample.provenance, at: 0)
    }
  }

  @Test(arguments: [("other", "p"), ("w", "other")])
  func `other weights, or the same of another program, are measured again`(weights: String, program: String) throws {
    try interrupt()
    try store.start(id, provenance: Sample.provenance, at: 200)
    #expect(try train(weights, by: program) == ["training by \(program)"])
    #expect(try train(weights, by: program) == ["training by \(program)"])
  }

  @Test func `a run that failed keeps nothing of what it measured`() throws {
    _ = try train()
    try store.record("elbo", scores: [Sample.scores[0]], of: id)
    try store.finish(id, with: RunOutcome(status: .failed, reason: "it broke"))
    #expect(try store.records().first?.scores.isEmpty == true)
    try store.start(id, provenance: Sample.provenance, at: 200)
    #expect(try train() == ["training by p"])
  }

  @Test func `a part is recorded once, as a whole or not at all`() throws {
    _ = try train()
    let infinite = CurvePoint(name: "leakage", iteration: 1, value: .infinity)
    #expect(throws: StoreError.notFinite(run: id, what: "leakage at iteration 1")) {
      try store.record("leakage", scores: Sample.scores, curves: [infinite], of: id)
    }
    #expect(try train() == ["training by p"])
    // Two metrics may sum up the same curve, as leakage's thresholds do.
    for metric in ["a", "b"] { try store.record(metric, curves: Sample.curves, of: id) }
    #expect(try train() == ["training by p", "a", "b"])
  }

  @Test func `a run that was taken away takes nothing more`() throws {
    _ = try train()
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(sql: "UPDATE run SET worker = '7 on elsewhere, born 1, boot b'")
    }
    let lost = StoreError.lost(run: id, worker: "7 on elsewhere")
    #expect(throws: lost) { try store.record("elbo", of: id) }
    #expect(throws: lost) { try train() }
    try store.finish(id, with: Sample.done)
    try store.reset(id)
    #expect(try store.runs().map(\.status) == [.running])
  }

  @Test func `the time until a holder's last sign of life counts`() throws {
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(sql: "UPDATE run SET worker = '7 on elsewhere, born 1, boot b', heartbeat = started + 30")
    }
    #expect(try store.interruptAbandoned(at: 5000) == [id])
    #expect(try store.runs().first?.seconds == 30)
  }

  @Test func `what is told of a run comes in its order, and outlasts its results`() throws {
    for (index, what) in ["resumed", "a savepoint was damaged", "resumed"].enumerated() {
      try store.tell(what, of: id, at: Double(index))
    }
    try store.reset(id)
    let events = try store.events(of: id)
    #expect(try store.events() == [id: events])
    #expect(events.map(\.what) == ["resumed", "a savepoint was damaged", "resumed"])
    #expect(events.map(\.time) == [0, 1, 2])
    #expect(throws: StoreError.self) { try store.tell("x", of: "nobody", at: 0) }
  }
}
