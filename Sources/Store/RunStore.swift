import Foundation
import GRDB

/// One SQLite file with every run, its settings, scores, curves and pictures.
///
/// Several processes may hold it open and write; each write is one short transaction. People read it through the views
/// `v_run`, `v_score`, `v_curve`, `v_published` and `v_verdict`.
package final class RunStore: Sendable {
  package let path: String
  let database: any DatabaseWriter
  /// `nil` for a copy in memory.
  private let file: StoreDescriptor?

  private init(path: String, database: any DatabaseWriter, file: StoreDescriptor?) {
    self.path = path
    self.database = database
    self.file = file
  }

  /// Opens a store for writing; creates it with its folder, or brings it up to date, where need be.
  ///
  /// - Parameters:
  ///   - creating: whether there may be none yet.
  ///   - patience: the seconds to wait while another program holds it. A sweep's other workers do so for milliseconds.
  /// - Throws: `StoreError` if the file is newer than this program, is no store, or cannot be written; it then stays as
  ///   it is.
  package static func open(_ path: String, creating: Bool = true, patience: Double = 30) throws -> RunStore {
    let file = try StoreDescriptor(path)
    let content = try file?.content(path: path) ?? .absent
    try content.check(path: path)
    if !creating { try content.needDatabase(path: path) }
    defer { withExtendedLifetime(file) {} }
    try createFolder(of: path)
    return try StoreLock.holding(path) {
      let database = try reporting(path, "being opened") {
        try DatabasePool(path: path, configuration: configuration(readonly: false, patience: patience))
      }
      try reporting(path, "being brought up to date") {
        if try versionOfOurs(database, path: path) < Schema.version { try Schema.migrate(database) }
      }
      return RunStore(path: path, database: database, file: try StoreDescriptor(path))
    }
  }

  /// Makes a store that is there with all that `fill` puts into it, or not at all.
  /// - Throws: `StoreError`, and what `fill` throws.
  package static func create<Value>(_ path: String, _ fill: (RunStore) throws -> Value) throws -> Value {
    let partial = path + ".partial"
    let remove = { for end in ["", "-wal", "-shm", ".lock"] { unlink(partial + end) } }
    // What a process that was killed has left.
    remove()
    defer { remove() }
    let store = try open(partial)
    let value = try fill(store)
    try reporting(path, "being closed") {
      // Brings all that is in the log into the file.
      _ = try store.database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try store.database.close()
    }
    guard rename(partial, path) == 0 else {
      throw StoreError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    return value
  }

  /// Opens a store that is there, for reading only; one of an older program is read as today's form has it, and stays as
  /// it is.
  ///
  /// - Throws: `StoreError.missing` where there is none, or as `open`.
  package static func read(_ path: String) throws -> RunStore {
    let file = try StoreDescriptor(path)
    let content = try file?.content(path: path) ?? .absent
    try content.check(path: path)
    try content.needDatabase(path: path)
    let database = try reporting(path, "being opened") { try openReadOnly(path) }
    let version = try reporting(path, "being read") { try versionOfOurs(database, path: path) }
    guard version > 0 else { throw StoreError.missing(path: path) }
    guard version < Schema.version else { return RunStore(path: path, database: database, file: file) }
    let copy = try reporting(path, "being read") { try upToDateCopy(of: database) }
    return RunStore(path: path, database: copy, file: nil)
  }

  /// Reads in one transaction, so that everything read belongs together.
  func reading<Value>(_ doing: String, _ body: (Database) throws -> Value) throws -> Value {
    try checkPlace()
    return try reporting(path, doing) { try database.read(body) }
  }

  /// Writes in one transaction: all of it or nothing.
  func writing<Value>(_ doing: String, _ body: (Database) throws -> Value) throws -> Value {
    try checkPlace()
    return try reporting(path, doing) {
      try database.write { db in
        // A newer program may have brought the file up to its own date meanwhile.
        _ = try version(marks(db), path: path)
        return try body(db)
      }
    }
  }

  /// Writes a store that vanished to its place again, where nothing has taken that: its file is there as long as a process
  /// has it open.
  /// - Throws: `StoreError`.
  package func restore() throws {
    guard try StoreDescriptor(path) == nil else { throw StoreError.vanished(path: path) }
    try reporting(path, "being written again") {
      try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }
  }

  /// Looks whether the file that was opened is still in its place; costs next to nothing.
  ///
  /// SQLite goes on with a file that nobody will find any more, and does not look at a header again that it has read.
  /// - Throws: `StoreError.vanished`, `.damaged`, and as `StoreFile.check`.
  package func checkPlace() throws(StoreError) {
    guard let file else { return }
    guard file.lies(at: path) else { throw .vanished(path: path) }
    let content = try file.content(path: path)
    try content.check(path: path)
    if case .empty = content { throw .damaged(path: path, what: "it was emptied while it was in use") }
  }
}

private func configuration(readonly: Bool, patience: Double = 30) -> GRDB.Configuration {
  var configuration = GRDB.Configuration()
  configuration.readonly = readonly
  // Foreign keys are on by default.
  configuration.busyMode = .timeout(patience)
  configuration.prepareDatabase { db in
    // Finds damage where it is read first; for files that may come from anywhere.
    try db.execute(sql: "PRAGMA cell_size_check = ON")
    if !readonly { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
  }
  return configuration
}

private func createFolder(of path: String) throws(StoreError) {
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
  do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
    throw .notWritable(path: path, reason: StoreFile.reason(of: error))
  }
}

/// `user_version`, and the number of tables of whoever made the file.
private func marks(_ db: Database) throws -> (version: Int, tables: Int) {
  (
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
    try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
  )
}

/// The version of a store; 0 where it is still empty.
///
/// The header that was checked may be behind the write-ahead log, so the file is asked again once it is open.
private func versionOfOurs(_ database: any DatabaseReader, path: String) throws -> Int {
  let version = try version(database.read(marks), path: path)
  if let stranger = try database.read(Schema.stranger(in:)) { throw StoreError.damaged(path: path, what: stranger) }
  return version
}

private func version(_ marks: (version: Int, tables: Int), path: String) throws -> Int {
  let (version, tables) = marks
  guard version <= Schema.version else {
    throw StoreError.newer(path: path, version: version, known: Schema.version)
  }
  guard version > 0 || tables == 0 else { throw StoreError.foreign(path: path) }
  return version
}

/// A store in a folder that cannot be written has no place for SQLite's shared memory; as nobody writes it then, it is
/// read as a file that never changes, unless a log of unfinished writes lies beside it.
private func openReadOnly(_ path: String) throws -> DatabaseQueue {
  do {
    let queue = try DatabaseQueue(path: path, configuration: configuration(readonly: true))
    _ = try queue.read(marks)
    return queue
  } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    guard (log ?? 0) == 0, let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else {
      throw error
    }
    return try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: configuration(readonly: true))
  }
}

/// What an old store holds, in memory and in today's form.
private func upToDateCopy(of old: DatabaseQueue) throws -> DatabaseQueue {
  let copy = try DatabaseQueue(configuration: configuration(readonly: false))
  try old.backup(to: copy)
  try Schema.migrate(copy)
  return copy
}

/// Turns SQLite's errors into sentences about the store.
private func reporting<Value>(_ path: String, _ doing: String, _ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let error as MisplacedValue {
    throw StoreError.damaged(path: path, what: "its column \(error.column) holds a value of another kind")
  } catch is RowDecodingError {
    throw StoreError.damaged(path: path, what: "it holds a value of another kind than its column's")
  } catch is DecodingError {
    throw StoreError.damaged(path: path, what: "the settings of a run are not in a form this program knows")
  } catch let error as DatabaseError {
    let reason = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreError.busy(path: path)
    case .SQLITE_NOTADB: throw StoreError.notDatabase(path: path)
    case .SQLITE_CORRUPT: throw StoreError.damaged(path: path, what: reason)
    case .SQLITE_FULL: throw StoreError.full(path: path)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      throw StoreError.notWritable(path: path, reason: reason)
    default: throw StoreError.refused(path: path, doing: doing, reason: reason)
    }
  }
}
