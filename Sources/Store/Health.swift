package import Experiments
import GRDB

/// Whether a store is whole, and what of it was cut off.
package struct StoreHealth: Sendable {
  /// The file's version of the schema.
  package let version: Int
  /// The version of SQLite.
  package let engine: String
  /// What SQLite finds wrong, a line each: pages and indices, then references that lead nowhere.
  package let damage: [String]
  /// How many runs there are in each state, in the order of the states.
  package let runs: [(status: RunStatus, count: Int)]
  /// The runs whose worker is no more, by id.
  package let abandoned: [String]
}

extension RunStore {
  /// Looks at every page.
  /// - Throws: `StoreError`.
  package func health() throws -> StoreHealth {
    let runs = try runs()
    let engine = try engineVersion()
    return try reading("an examination") { db in
      let counts = RunStatus.allCases.map { status in (status: status, count: runs.filter { $0.status == status }.count)
      }
      return StoreHealth(
        version: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0, engine: engine, damage: try damage(in: db),
        runs: counts.filter { $0.count > 0 },
        abandoned: try runs.filter { $0.status == .running }.map(\.id).filter { id in
          try !state(of: id, in: db).isAlive
        })
    }
  }

  private func damage(in db: Database) throws -> [String] {
    let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
      "a row of \(try row.value("table") as String) belongs to no \(try row.value("parent") as String)"
    }
    return pages + references
  }
}
