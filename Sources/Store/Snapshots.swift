package import Experiments
import GRDB

extension RunStore {
  /// Keeps scores under a name.
  /// - Throws: `StoreError.promoted` where there is a baseline of that name already.
  package func promote(_ snapshot: Snapshot) throws {
    try writing("a baseline") { db in
      let known = try String.fetchAll(db, sql: "SELECT name FROM baseline")
      guard !known.contains(snapshot.name) else { throw StoreError.promoted(snapshot.name) }
      try db.execute(
        sql: "INSERT INTO baseline VALUES (?, ?)", arguments: [snapshot.name, snapshot.promoted])
      let statement = try db.makeStatement(sql: "INSERT INTO baseline_score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      for entry in snapshot.scores {
        try statement.execute(arguments: [
          snapshot.name, entry.experiment.description, entry.tier.rawValue, entry.seed, entry.configurationHash,
          entry.weightsHash, entry.code, entry.metric.description, entry.value, entry.direction.rawValue,
        ])
      }
    }
  }

  /// The baselines, the oldest first.
  package func snapshots() throws -> [Snapshot] {
    try reading("a look at its baselines") { db in
      try Row.fetchAll(db, sql: "SELECT name, promoted FROM baseline ORDER BY promoted, name").map { row in
        let name: String = try row.value("name")
        return Snapshot(name: name, promoted: try row.value("promoted"), scores: try entries(of: name, in: db))
      }
    }
  }

  private func entries(of name: String, in db: Database) throws -> [Snapshot.Entry] {
    let sql = """
      SELECT * FROM baseline_score WHERE baseline = ?
      ORDER BY experiment, CASE tier WHEN 'smoke' THEN 0 WHEN 'nightly' THEN 1 ELSE 2 END, seed, metric
      """
    return try Row.fetchAll(db, sql: sql, arguments: [name]).map { row in
      guard let experiment = ExperimentID(try row.value("experiment")),
        let tier = Tier(rawValue: try row.value("tier")),
        let metric = MetricID(try row.value("metric")), let direction = Direction(rawValue: try row.value("direction"))
      else { throw StoreError.damaged(path: path, what: "a score of the baseline \(name)") }
      return Snapshot.Entry(
        experiment: experiment, tier: tier, seed: try row.value("seed"),
        configurationHash: try row.value("configuration_hash"), weightsHash: try row.value("weights_hash"),
        code: try row.value("code"), metric: metric, value: try row.value("value"), direction: direction)
    }
  }
}
