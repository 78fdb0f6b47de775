package import Experiments
import GRDB

/// What a run leaves while it is at work, so that it can go on after it was cut off.
extension RunStore {
  /// Records that a run's training is over, with its curves; what was measured on other weights is dropped.
  ///
  /// - Parameter program: what made the weights, more exactly than its code's version where that says too little.
  /// - Returns: the parts of the results that are there already.
  /// - Throws: `StoreError.lost` if the run is not this process's, and as `record`.
  package func trained(_ id: String, weightsHash: String, by program: String, curves: [CurvePoint]) throws -> Set<
    String
  > {
    try writing("the end of a training") { db in
      try checkOurs(id, in: db)
      let former = try String.fetchOne(db, sql: "SELECT weights_hash FROM run WHERE id = ?", arguments: [id])
      let parts = try parts(of: id, in: db)
      let training = "training by \(program)"
      guard former != weightsHash || !parts.contains(training) else { return parts }
      try dropResults(of: id, in: db)
      try insert(curves, checkedOf: id, in: db)
      try db.execute(sql: "UPDATE run SET weights_hash = ? WHERE id = ?", arguments: [weightsHash, id])
      try db.execute(sql: "INSERT INTO part VALUES (?, ?)", arguments: [id, training])
      return [training]
    }
  }

  /// The parts of a run's results that are there.
  package func parts(of id: String) throws -> Set<String> {
    try reading("a look at its results") { try parts(of: id, in: $0) }
  }

  private func parts(of id: String, in db: Database) throws -> Set<String> {
    try String.fetchSet(db, sql: "SELECT name FROM part WHERE run = ?", arguments: [id])
  }

  /// Adds a part of a run's results, all of it or nothing; one that is there stays as it is.
  ///
  /// - Parameter part: a metric as it was asked for, or what else the part is called.
  /// - Throws: `StoreError.lost` if the run is not this process's, `.notFinite` if a point of a curve is not finite.
  package func record(
    _ part: String, scores: [Score] = [], curves: [CurvePoint] = [], artefacts: [Artefact] = [], of id: String
  ) throws {
    try writing("a part of a run's results") { db in
      try checkOurs(id, in: db)
      try db.execute(sql: "INSERT INTO part VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [id, part])
      guard db.changesCount > 0 else { return }
      try insert(scores, of: id, in: db)
      try insert(curves, checkedOf: id, in: db)
      try insert(artefacts, of: id, in: db)
    }
  }

  /// Adds to what is told of a run.
  package func tell(_ what: String, of id: String, at time: Double) throws {
    try writing("what happened to a run") { try tell(what, of: id, at: time, in: $0) }
  }

  /// What is told of a run, in order.
  package func events(of id: String) throws -> [RunEvent] {
    try reading("a look at what happened") { try events(of: id, in: $0) }
  }

  /// What is told of all runs, in order, by run id.
  package func events() throws -> [String: [RunEvent]] {
    try reading("a look at what happened") { db in
      let rows = try Row.fetchAll(db, sql: "SELECT run, time, what FROM event ORDER BY run, position")
      return try Dictionary(grouping: rows) { try $0.value("run") }.mapValues { try $0.map(RunEvent.init) }
    }
  }

  func events(of id: String, in db: Database) throws -> [RunEvent] {
    try Row.fetchAll(db, sql: "SELECT time, what FROM event WHERE run = ? ORDER BY position", arguments: [id])
      .map(RunEvent.init)
  }

  func tell(_ what: String, of id: String, at time: Double, in db: Database) throws {
    _ = try state(of: id, in: db)
    try db.execute(
      sql: "INSERT INTO event SELECT ?, coalesce(max(position) + 1, 0), ?, ? FROM event WHERE run = ?",
      arguments: [id, time, what, id])
  }

  private func checkOurs(_ id: String, in db: Database) throws {
    let state = try state(of: id, in: db)
    guard state.status == .running, state.isOurs else {
      throw StoreError.lost(run: id, worker: state.worker?.place)
    }
  }

  private func insert(_ curves: [CurvePoint], checkedOf id: String, in db: Database) throws {
    if let point = curves.first(where: { !$0.value.isFinite }) {
      throw StoreError.notFinite(run: id, what: "\(point.name) at iteration \(point.iteration)")
    }
    // Several metrics may sum up one curve.
    let statement = try db.makeStatement(
      sql: "INSERT INTO curve_point VALUES (?, ?, ?, ?) ON CONFLICT (run, name, iteration) DO NOTHING")
    for point in curves { try statement.execute(arguments: [id, point.name, point.iteration, point.value]) }
  }
}
