import Experiments
import Foundation
import GRDB
import SmallDisk
import Store
import Testing

/// Stores of older schemas, kept as SQL (`Fixtures/dump.py`), are brought up to date with all they hold.
struct MigrationTests {
  private func oldStore(_ version: Int = 1, in folder: Folder) throws -> String {
    let dump = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schema-\(version).sql")
    var configuration = GRDB.Configuration()
    // The dump makes tables in order of name, some before those that they refer to.
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: folder.store(), configuration: configuration)
    try queue.writeWithoutTransaction { try $0.execute(sql: String(contentsOf: dump, encoding: .utf8)) }
    try queue.close()
    return folder.store()
  }

  @Test func `a store of schema 1 is read as today's form has it, and stays as it is`() throws {
    let folder = try Folder()
    let path = try oldStore(in: folder)
    let before = try Data(contentsOf: URL(filePath: path))
    let read = try RunStore.read(path).records()
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(read == (try RunStore.open(path).records()))
    #expect(read.count == 4)
  }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `a store that finds no room to be brought up to date stays as it is, and is once there is some`() throws {
    let (folder, disk) = (try Folder(), try SmallDisk(kilobytes: 1024))
    let path = disk.path + "/assay.sqlite"
    try FileManager.default.copyItem(atPath: try oldStore(in: folder), toPath: path)
    let before = try RunStore.read(path).records()
    try disk.fill(leaving: 44)
    #expect(throws: StoreError.full(path: path)) { try RunStore.open(path) }
    #expect(try RunStore.read(path).records() == before)
    disk.clear()
    #expect(try RunStore.open(path).records() == before)
    #expect(try RunStore.read(path).health().damage.isEmpty)
  }

  @Test func `runs of schema 1 keep their results under the ids of their configurations' new form`() throws {
    let folder = try Folder()
    let store = try RunStore.open(try oldStore(in: folder))
    let runs = try store.runs()
    let configuration = try Sample.configuration()
    #expect(runs.map(\.configuration) == Array(repeating: configuration, count: 4))
    #expect(runs.map(\.status) == [.pending, .diverged, .done, .done])
    #expect(
      runs.map(\.id)
        == [
          "dpvae/mnist/dpvae@paper#3", "dpvae/mnist/vae@nightly#2", "dpvae/two-moons/dpvae+code@smoke#1",
          "dpvae/two-moons/vae@smoke#0",
        ].map { "\($0)-\(configuration.hash.prefix(12))" })
    for record in try store.records() where record.run.status == .done {
      #expect(record.scores == Sample.scores)
      #expect(record.curves == Sample.curves)
      #expect(record.artefacts == Sample.artefacts)
      #expect(record.run.weightsHash == Sample.done.weightsHash)
      #expect(record.run.provenance == Sample.provenance)
    }
  }

  @Test func `what refers to the runs of schema 1 refers to them still`() throws {
    let folder = try Folder()
    let store = try RunStore.open(try oldStore(in: folder))
    let done = try store.runs().filter { $0.status == .done }.map(\.id)
    try DatabaseQueue(path: folder.store()).read { (db: Database) throws -> Void in
      #expect(try String.fetchAll(db, sql: "SELECT run FROM verdict_run ORDER BY run") == done)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM v_score JOIN v_run USING (run_id)") == 6)
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      #expect(try String.fetchAll(db, sql: "SELECT protocol FROM v_published") == [""])
    }
    try store.reset(done[0])
    #expect(try store.records().first { $0.run.id == done[0] }?.scores.isEmpty == true)
  }

  @Test func `a run of schema 2 is our own, with all that it left`() throws {
    let folder = try Folder()
    let records = try RunStore.open(try oldStore(2, in: folder)).records()
    let record = try #require(records.first)
    #expect(records.count == 1)
    #expect(record.run.id == "dpvae/two-moons/vae@smoke#0-75775e43bc15")
    #expect(record.run.status == .done)
    #expect(!record.run.isExternal)
    #expect(record.run.weightsHash != nil)
    #expect((record.scores.count, record.curves.count) == (17, 9))
    try DatabaseQueue(path: folder.store()).read { (db: Database) throws -> Void in
      #expect(try String.fetchAll(db, sql: "SELECT DISTINCT origin FROM v_score") == ["own"])
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
    }
  }

  @Test(arguments: [1, 2, 5])
  func `an old store takes a matched run and is the same as a new one in every table and view`(version: Int) throws {
    let (old, new) = (try Folder(), try Folder())
    let path = try oldStore(version, in: old)
    try RunStore.open(path).complete(try Sample.run(reading: .matched))
    _ = try RunStore.open(new.store())
    #expect(try schema(path) == schema(new.store()))
  }

  @Test func `what schema 5 left in the middle of its work goes on`() throws {
    let folder = try Folder()
    let store = try RunStore.open(try oldStore(5, in: folder))
    #expect(try store.runs().map(\.status) == [.done, .interrupted, .running])
    #expect(try store.records().map(\.scores.count) == [17, 0, 0])
    let ids = try store.runs().map(\.id)
    // The one that is running is at work on a machine that gives no sign of life, and is believed to live.
    #expect(try store.lease(oneOf: [ids[2]], at: 1e12).granted == nil)
    #expect(try store.lease(oneOf: ids, at: 0).granted == ids[1])
    try store.start(ids[1], provenance: Sample.provenance, at: 0)
    #expect(try store.trained(ids[1], weightsHash: "w", by: "p", curves: []) == ["training by p"])
  }

  private func schema(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { db in
      try String.fetchAll(
        db,
        sql: "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'grdb%' AND sql IS NOT NULL ORDER BY type, name")
    }
  }
}
