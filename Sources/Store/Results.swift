package import Experiments
import GRDB

extension RunStore {
  /// Writes what a run left, in place of what was there.
  ///
  /// - Throws: `StoreError.notFinite` if a point of a curve is not finite.
  package func save(scores: [Score], curves: [CurvePoint], artefacts: [Artefact], of id: String) throws {
    if let point = curves.first(where: { !$0.value.isFinite }) {
      throw StoreError.notFinite(run: id, what: "\(point.name) at iteration \(point.iteration)")
    }
    try writing("the results of a run") { db in
      _ = try state(of: id, in: db)
      try dropResults(of: id, in: db)
      try insert(scores, of: id, in: db)
      try insert(curves, of: id, in: db)
      try insert(artefacts, of: id, in: db)
    }
  }

  /// The runs that match with all they left, by experiment, tier, seed and id; scores, curves and pictures by name.
  package func records(experiments: [ExperimentID]? = nil, tier: Tier? = nil) throws -> [RunRecord] {
    try reading("a look at its results") { db in
      try runs(experiments: experiments, tier: tier, seeds: nil, in: db).map { try record(of: $0, in: db) }
    }
  }

  func record(of run: Run, in db: Database) throws -> RunRecord {
    func rows(_ table: String, by order: String) throws -> [Row] {
      try Row.fetchAll(db, sql: "SELECT * FROM \(table) WHERE run = ? ORDER BY \(order)", arguments: [run.id])
    }
    // What there is of a run that is still to go on is nobody's result yet.
    guard run.status != .running, run.status != .interrupted else {
      return RunRecord(run: run, scores: [], curves: [], artefacts: [], events: try events(of: run.id, in: db))
    }
    return RunRecord(
      run: run,
      scores: try rows("score", by: "metric").map { try Score(row: $0, path: path) },
      curves: try rows("curve_point", by: "name, iteration").map(CurvePoint.init),
      artefacts: try rows("artefact", by: "name").map { try Artefact(row: $0, path: path) },
      events: try events(of: run.id, in: db))
  }

  func dropResults(of id: String, in db: Database) throws {
    for table in ["score", "curve_point", "artefact", "part"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [id])
    }
  }

  func insert(_ scores: [Score], of id: String, in db: Database) throws {
    let statement = try db.makeStatement(sql: "INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for score in scores {
      try statement.execute(arguments: [
        id, score.metric.description, score.value, score.standardError, score.unit, score.direction.rawValue,
        score.count, score.status.rawValue, score.reason,
      ])
    }
  }

  func insert(_ curves: [CurvePoint], of id: String, in db: Database) throws {
    let statement = try db.makeStatement(sql: "INSERT INTO curve_point VALUES (?, ?, ?, ?)")
    for point in curves { try statement.execute(arguments: [id, point.name, point.iteration, point.value]) }
  }

  func insert(_ artefacts: [Artefact], of id: String, in db: Database) throws {
    let statement = try db.makeStatement(sql: "INSERT INTO artefact VALUES (?, ?, ?, ?)")
    for artefact in artefacts {
      try statement.execute(arguments: [id, artefact.name, artefact.kind, artefact.bytes])
    }
  }
}
