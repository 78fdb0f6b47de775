import Experiments
import Foundation
import GRDB
import Store
import Testing

/// A store that somebody else sent: of our form, and with what our tables would never have taken.
struct ForeignStoreTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.store("received.sqlite")
    let store = try RunStore.open(path)
    try store.complete(try Sample.run())
    try store.tell("something happened", of: Sample.run().id, at: 5)
    try store.promote(Snapshot(name: "a", promoted: 1, records: try store.records()))
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  /// Takes from the tables what keeps values of other kinds out.
  private func loosen() throws {
    try change(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT, ', ') '), ') STRICT', ')') WHERE type = 'table';
      UPDATE sqlite_schema SET sql = replace(replace(sql, 'IS NOT NULL', 'NOTNULL'), 'NOT NULL', '') WHERE type = 'table';
      PRAGMA writable_schema = RESET
      """)
  }

  /// All that the program reads of a store.
  private func readAll() throws {
    let store = try RunStore.read(path)
    _ = (try store.records(), try store.events(), try store.snapshots(), try store.holders(at: 0))
  }

  private static let strangeValues = ["NULL", "-1", "9223372036854775807", "9e999", "'text'", "x'00ff'"]

  @Test(arguments: ["run", "score", "curve_point", "artefact", "event", "baseline", "baseline_score"])
  func `whatever a column holds, a store is read or refused with a sentence`(table: String) throws {
    try loosen()
    let queue = try DatabaseQueue(path: path)
    let columns = try queue.read { try $0.columns(in: table).map(\.name) }
    var refused = 0
    for column in columns {
      for value in Self.strangeValues {
        try queue.writeWithoutTransaction { db in
          try db.execute(
            sql: """
              PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; CREATE TEMP TABLE former AS SELECT * FROM \(table);
              UPDATE OR IGNORE \(table) SET \(column) = \(value)
              """)
        }
        do { try readAll() } catch is StoreError { refused += 1 }
        try queue.writeWithoutTransaction { db in
          try db.execute(
            sql: "DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM former; DROP TABLE temp.former")
        }
      }
    }
    try readAll()
    #expect(refused >= columns.count)
  }

  @Test func `a value of another kind is told with its column`() throws {
    try loosen()
    try change("PRAGMA ignore_check_constraints = ON; UPDATE run SET tier = NULL")
    #expect(throws: StoreError.damaged(path: path, what: "its column tier holds a value of another kind")) {
      try RunStore.read(path).runs()
    }
  }

  @Test func `what our tables refuse does not come in by a merge`() throws {
    try loosen()
    try change("PRAGMA ignore_check_constraints = ON; UPDATE score SET count = -1")
    let ours = try RunStore.open(folder.store())
    let error = #expect(throws: StoreError.self) { try ours.merge(RunStore.read(path)) }
    #expect(error?.description.contains("refused a merge") == true)
    #expect(try ours.records().isEmpty)
  }

  @Test(arguments: [
    ("CREATE TRIGGER quiet AFTER UPDATE ON run BEGIN UPDATE score SET value = 0; END", "its trigger quiet"),
    (
      """
      ALTER TABLE run RENAME TO former;
      CREATE VIEW run AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n
      """, "its view run"
    ),
    (
      "ALTER TABLE run ADD COLUMN wide TEXT AS (hex(zeroblob(500000000)))",
      "the column wide of its table run is computed"
    ),
  ])
  func `a table that is not as this program makes it is neither read nor written`(sql: String, what: String) throws {
    try change(sql)
    for open in [{ try RunStore.read($0) }, { try RunStore.open($0) }] {
      let error = #expect(throws: StoreError.self) { _ = try open(path) }
      #expect(error?.description.contains(what) == true)
    }
  }

  @Test func `a person's own tables and views may lie beside ours`() throws {
    try change(
      "CREATE TABLE note (run TEXT, text TEXT); CREATE VIEW mine AS SELECT * FROM v_score JOIN note USING (run)")
    try readAll()
    #expect(try RunStore.open(path).runs().count == 1)
  }

  @Test func `names of a store that a terminal would obey are told without their commands`() throws {
    try change(
      "PRAGMA foreign_keys = OFF; UPDATE artefact SET name = 'a' || char(27, 10) || 'b', content = x'00' WHERE kind = 'grid'"
    )
    let error = #expect(throws: StoreError.self) { try RunStore.read(path).records() }
    #expect(error?.description.contains("the picture a··b of the run") == true)
  }
}
