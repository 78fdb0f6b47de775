import Experiments
import Foundation
import GRDB
import Store
import Testing

struct OpeningTests {
  @Test func `a new store has the current version, write-ahead logging and foreign keys`() throws {
    let folder = try Folder()
    let path = folder.store("a/new/folder/assay.sqlite")
    let store = try RunStore.open(path)
    #expect(try store.runs().isEmpty)
    let (version, mode, application) = try DatabaseQueue(path: path).read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA user_version"), try String.fetchOne(db, sql: "PRAGMA journal_mode"),
        try Int.fetchOne(db, sql: "PRAGMA application_id")
      )
    }
    #expect(version == 6)
    #expect(mode == "wal")
    #expect(application == 0x4153_5359)
  }

  @Test func `opening again keeps what is there`() throws {
    let folder = try Folder()
    let run = try Sample.run()
    try RunStore.open(folder.store()).complete(run)
    #expect(try RunStore.open(folder.store()).runs().map(\.status) == [.done])
    #expect(try RunStore.read(folder.store()).records().map(\.run.id) == [run.id])
  }

  @Test(arguments: [true, false])
  func `a store of a newer program is refused and stays as it is`(writing: Bool) throws {
    let folder = try Folder()
    let path = folder.store()
    do { try RunStore.open(path).complete(try Sample.run()) }
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "PRAGMA user_version = 7") }
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
    let before = (try bytes(path), try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
    #expect(throws: StoreError.newer(path: path, version: 7, known: 6)) {
      try writing ? RunStore.open(path) : RunStore.read(path)
    }
    #expect(try bytes(path) == before.0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before.1)
  }

  @Test func `a newer version that still lies in the log is refused too`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    // The store above stays open, so that nothing is moved from the log into the file.
    let other = try DatabaseQueue(path: folder.store())
    try other.write { try $0.execute(sql: "PRAGMA user_version = 8") }
    #expect(throws: StoreError.newer(path: folder.store(), version: 8, known: 6)) {
      try RunStore.open(folder.store())
    }
    #expect(throws: StoreError.newer(path: folder.store(), version: 8, known: 6)) {
      try RunStore.read(folder.store())
    }
  }

  @Test func `reading creates nothing where there is no store`() throws {
    let folder = try Folder()
    #expect(throws: StoreError.missing(path: folder.store())) { try RunStore.read(folder.store()) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(
      StoreError.missing(path: "x").description
        == "there is no store at x; run `assay run` first, or name another with --store")
  }

  @Test(arguments: [true, false])
  func `a file that is no database is refused and stays as it is`(writing: Bool) throws {
    let folder = try Folder()
    let text = Data(String(repeating: "seed,value\n", count: 100).utf8)
    try text.write(to: URL(fileURLWithPath: folder.store()))
    #expect(throws: StoreError.notDatabase(path: folder.store())) {
      try writing ? RunStore.open(folder.store()) : RunStore.read(folder.store())
    }
    #expect(try bytes(folder.store()) == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["assay.sqlite"])
  }

  @Test(arguments: [true, false])
  func `another program's database is refused and stays as it is`(writing: Bool) throws {
    let folder = try Folder()
    let queue = try DatabaseQueue(path: folder.store())
    try queue.write { try $0.execute(sql: "CREATE TABLE run (id TEXT)") }
    try queue.close()
    let before = try bytes(folder.store())
    #expect(throws: StoreError.foreign(path: folder.store())) {
      try writing ? RunStore.open(folder.store()) : RunStore.read(folder.store())
    }
    #expect(try bytes(folder.store()) == before)
  }

  @Test func `another program's database with a log is refused too`() throws {
    let folder = try Folder()
    let pool = try DatabasePool(path: folder.store())
    try pool.write { try $0.execute(sql: "CREATE TABLE run (id TEXT)") }
    try pool.close()
    #expect(throws: StoreError.foreign(path: folder.store())) { try RunStore.open(folder.store()) }
  }

  @Test func `a folder is no store`() throws {
    let folder = try Folder()
    #expect(throws: StoreError.notDatabase(path: folder.path)) { try RunStore.open(folder.path) }
    #expect(throws: StoreError.notDatabase(path: folder.path)) { try RunStore.read(folder.path) }
  }

  @Test func `a torn file is a sentence, not a crash`() throws {
    let folder = try Folder()
    do { try RunStore.open(folder.store()).complete(try Sample.run()) }
    let whole = try bytes(folder.store())
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.store()))
    #expect(throws: StoreError.self) { try RunStore.read(folder.store()).records() }
  }

  @Test func `a folder below a file cannot be made`() throws {
    let folder = try Folder()
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
    let path = folder.path + "/file/assay.sqlite"
    #expect(throws: StoreError.notWritable(path: path, reason: "a file is where its folder should be")) {
      try RunStore.open(path)
    }
  }

  // In a process of its own, because only a user without privileges is kept from writing.
  @Test func `a folder without write access is refused for writing and good for reading`() async throws {
    let folder = try Folder()
    try RunStore.open(folder.store()).complete(try Sample.run())
    let path = folder.store()
    let outcome = await #expect(processExitsWith: .success) { [path = path as String] in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      try #require(geteuid() != 0 || setuid(65534) == 0)
      #expect(try RunStore.read(path).records().map(\.scores) == [Sample.scores])
      #expect(throws: StoreError.notWritable(path: path, reason: "Permission denied")) { try RunStore.open(path) }
      let fresh = path + ".new"
      #expect(throws: StoreError.notWritable(path: fresh, reason: "Permission denied")) { try RunStore.open(fresh) }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    #expect(outcome != nil)
  }

  // As above: nothing is closed to a privileged user.
  @Test func `a file without read access is refused with the reason`() async throws {
    let folder = try Folder()
    do { try RunStore.open(folder.store()).complete(try Sample.run()) }
    try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder.store())
    let path = folder.store()
    await #expect(processExitsWith: .success) { [path = path as String] in
      try #require(geteuid() != 0 || setuid(65534) == 0)
      let error = #expect(throws: StoreError.self) { try RunStore.read(path) }
      guard case .unreadable(path: path, reason: _) = error else { exit(1) }
    }
  }

  @Test func `every refusal is one sentence that ends in what to do`() {
    let errors: [StoreError] = [
      .missing(path: "p"), .vanished(path: "p"), .restored(path: "p"), .full(path: "p"),
      .newer(path: "p", version: 2, known: 1), .occupied(run: "r", what: "external"),
      .notDatabase(path: "p"), .foreign(path: "p"), .notWritable(path: "p", reason: "r"),
      .unreadable(path: "p", reason: "r"), .busy(path: "p"), .damaged(path: "p", what: "w"),
      .unknownRun(path: "p", run: "r"), .done(run: "r"), .taken(run: "r", worker: "w"),
      .promoted("p"), .unfinished(run: "r", what: "w"), .notFinite(run: "r", what: "w"),
      .refused(path: "p", doing: "d", reason: "r"),
    ]
    for error in errors {
      #expect(!error.description.contains("\n"))
      #expect(error.description.contains("; ") || error.description.contains(": "), "\(error)")
    }
    #expect(Set(errors.map(\.description)).count == errors.count)
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
}
