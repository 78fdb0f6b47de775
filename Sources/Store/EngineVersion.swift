import GRDB

extension RunStore {
  /// The version of SQLite, for a run's provenance.
  package func engineVersion() throws -> String {
    try reading("the version of SQLite") { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "unknown" }
  }
}
