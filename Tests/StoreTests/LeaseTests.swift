import Experiments
import Foundation
import GRDB
import Store
import Testing

/// How processes divide runs among them.
struct LeaseTests {
  private let folder: Folder
  private let store: RunStore
  private let ids: [String]

  init() throws {
    folder = try Folder()
    store = try RunStore.open(folder.store())
    let runs = try (0..<4).map { try Sample.run(seed: $0) }
    try store.register(runs)
    ids = runs.map(\.id)
  }

  /// Leaves a run to a process on another machine, with its last sign of life.
  private func give(_ id: String, toAnotherMachineAt time: Double?) throws {
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(
        sql: "UPDATE run SET status = 'running', lease = '7 on elsewhere, born 1, boot b', heartbeat = ? WHERE id = ?",
        arguments: [time, id])
    }
  }

  @Test func `a lease is of the first run that is to be had, and tells of those before it`() throws {
    try store.start(ids[0], provenance: Sample.provenance, at: 0)
    try store.finish(ids[0], with: Sample.done)
    try store.finish(ids[1], with: RunOutcome(status: .failed, reason: "it broke"))
    let first = try store.lease(oneOf: ids, at: 5)
    #expect(first.granted == ids[2] && first.over == [ids[0]: .done, ids[1]: .failed] && first.held.isEmpty)
    let second = try store.lease(oneOf: Array(ids[2...]), at: 5)
    #expect(second.granted == ids[3] && Array(second.held.keys) == [ids[2]])
    #expect(second.held[ids[2]]?.process.hasPrefix("\(getpid()) on ") == true)
    #expect(try store.lease(oneOf: Array(ids[2...]), at: 5).granted == nil)
    #expect(try store.runs().map(\.status) == [.done, .failed, .running, .running])
    #expect(try store.runs().map(\.attempts) == [1, 0, 0, 0])
  }

  @Test func `another machine's run is its own while it gives signs of life, and is taken over long after the last`()
    throws
  {
    try give(ids[0], toAnotherMachineAt: 1000)
    #expect(try store.lease(oneOf: [ids[0]], at: 1000 + RunStore.patience - 1).granted == nil)
    try store.beat([ids[0]], at: 5000)
    #expect(throws: StoreError.self) { try store.start(ids[0], provenance: Sample.provenance, at: 1001) }
    #expect(try store.interruptAbandoned(at: 1500).isEmpty)
    #expect(try store.lease(oneOf: [ids[0]], at: 1000 + RunStore.patience).granted == ids[0])
    #expect(try store.events(of: ids[0]).map(\.what) == ["interrupted: its worker process ended without a word"])
    // Signs of life are the holder's alone.
    try give(ids[1], toAnotherMachineAt: 1000)
    #expect(try store.interruptAbandoned(at: 9000) == [ids[1]])
  }

  @Test(arguments: [-86_400.0, 0, 86_400, 1e9])
  func `wherever the clock jumps, a run of a living process of this machine is its own`(jump: Double) throws {
    #expect(try store.lease(oneOf: [ids[0]], at: 5000).granted == ids[0])
    try store.start(ids[0], provenance: Sample.provenance, at: 5000)
    #expect(try store.lease(oneOf: [ids[0]], at: 5000 + jump).granted == nil)
    #expect(try store.interruptAbandoned(at: 5000 + jump).isEmpty)
    try store.beat(ids, at: 5000 + jump)
    try store.finish(ids[0], with: Sample.done)
    #expect(try store.runs().first?.status == .done)
  }

  @Test func `a sign of life from a clock that was a day ahead is not waited for that long`() throws {
    try give(ids[0], toAnotherMachineAt: 86_400 + 1000)
    #expect(try store.lease(oneOf: [ids[0]], at: 1000).granted == ids[0])
    try give(ids[1], toAnotherMachineAt: 1000 + RunStore.patience / 2)
    #expect(try store.lease(oneOf: [ids[1]], at: 1000).granted == nil)
  }

  @Test func `a holder is told with its machine, when it began and last gave a sign, and whether it is gone`() throws {
    try give(ids[0], toAnotherMachineAt: 1000)
    try store.start(ids[1], provenance: Sample.provenance, at: 1100)
    let holders = try store.holders(at: 1500)
    #expect(holders.keys.sorted() == [ids[0], ids[1]].sorted())
    let (theirs, ours) = (try #require(holders[ids[0]]), try #require(holders[ids[1]]))
    #expect(theirs.process == "7 on elsewhere" && theirs.since == nil && theirs.lastSign == 1000 && !theirs.isGone)
    #expect(ours.process.hasPrefix("\(getpid()) on ") && ours.since == 1100 && !ours.isGone)
    #expect(try store.holders(at: 1000 + RunStore.patience)[ids[0]]?.isGone == true)
  }

  @Test func `a sign of life keeps a lease`() throws {
    #expect(try store.lease(oneOf: [ids[0]], at: 0).granted == ids[0])
    try store.beat(ids, at: 700)
    let signs = try DatabaseQueue(path: folder.store()).read { db in
      try Double?.fetchAll(db, sql: "SELECT heartbeat FROM run ORDER BY seed")
    }
    #expect(signs == [700, nil, nil, nil])
  }

  @Test func `the lease of a process that is no more is free at once`() async throws {
    let (path, id) = (folder.store(), ids[0])
    await #expect(processExitsWith: .exitCode(9)) { [path = path as String, id = id as String] in
      let store = try RunStore.open(path)
      guard try store.lease(oneOf: [id], at: 0).granted == id else { _exit(1) }
      _exit(9)
    }
    #expect(try store.lease(oneOf: ids, at: 1).granted == ids[0])
  }

  @Test func `a worker starts what its parent has leased, and no other process does`() async throws {
    let (path, leased, started) = (folder.store(), ids[0], ids[1])
    #expect(try store.lease(oneOf: [leased], at: 0).granted == leased)
    try store.start(started, provenance: Sample.provenance, at: 0)
    await #expect(processExitsWith: .success) {
      [path = path as String, leased = leased as String, started = started as String] in
      let store = try RunStore.open(path)
      try store.start(leased, provenance: Sample.provenance, at: 0)
      #expect(try store.trained(leased, weightsHash: "w", by: "p", curves: []).count == 1)
      #expect(throws: StoreError.self) { try store.start(started, provenance: Sample.provenance, at: 0) }
    }
    // The child is gone and its run with it; what it left is not lost.
    #expect(try store.interruptAbandoned(at: 1) == [leased])
    try store.start(leased, provenance: Sample.provenance, at: 2)
    #expect(throws: StoreError.lost(run: ids[2], worker: nil)) { try store.record("mse", of: ids[2]) }
  }

  @Test func `of eight processes at once each run is done by one, and none meets a locked store`() async throws {
    let (path, runs) = (folder.store(), try (0..<60).map { try Sample.run(seed: $0) })
    try store.register(runs)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          _ = await #expect(processExitsWith: .success) { [path = path as String] in
            let (store, ids) = (try RunStore.open(path), try (0..<60).map { try Sample.run(seed: $0).id })
            while let id = try store.lease(oneOf: ids, at: 0).granted {
              try store.start(id, provenance: Sample.provenance, at: 0)
              _ = try store.trained(id, weightsHash: "w\(id)", by: "p", curves: Sample.curves)
              for score in Sample.scores { try store.record(score.metric.description, scores: [score], of: id) }
              try store.record("pictures", artefacts: Sample.artefacts, of: id)
              try store.finish(id, with: Sample.done)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let records = try store.records()
    #expect(records.map(\.run.attempts) == Array(repeating: 1, count: 60))
    for record in records {
      #expect(record.run.status == .done)
      #expect((record.scores, record.curves, record.artefacts) == (Sample.scores, Sample.curves, Sample.artefacts))
    }
  }
}
