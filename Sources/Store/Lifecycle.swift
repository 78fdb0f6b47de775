package import Experiments
import GRDB

extension RunStore {
  /// Enters runs as pending; those that are there already stay as they are.
  package func register(_ runs: [Run]) throws {
    try writing("new runs") { db in
      for run in runs { try insert(run, in: db) }
    }
  }

  /// Enters a run as pending, unless it is there.
  func insert(_ run: Run, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO run (id, experiment, paper, dataset, method, reading, tier, seed, configuration,
          configuration_hash, status, attempts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0) ON CONFLICT (id) DO NOTHING
        """)
    let experiment = run.experiment
    try statement.execute(arguments: [
      run.id, experiment.description, experiment.paper, experiment.dataset, experiment.method,
      experiment.reading.rawValue, run.tier.rawValue, run.seed,
      String(decoding: run.configuration.canonical, as: UTF8.self), run.configurationHash,
    ])
  }

  /// The runs that match, by experiment, tier, seed and id; `nil` matches all.
  package func runs(
    experiments: [ExperimentID]? = nil, tier: Tier? = nil, seeds: [Int]? = nil
  ) throws -> [Run] {
    try reading("a look at its runs") { try runs(experiments: experiments, tier: tier, seeds: seeds, in: $0) }
  }

  func runs(experiments: [ExperimentID]?, tier: Tier?, seeds: [Int]?, in db: Database) throws -> [Run] {
    let wanted = experiments.map { Set($0.map(\.description)) }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM run ORDER BY experiment, CASE tier WHEN 'smoke' THEN 0 WHEN 'nightly' THEN 1 ELSE 2 END, seed, id
        """)
    return try rows.filter { row in
      wanted?.contains(row["experiment"]) != false && tier.map { $0.rawValue == row["tier"] } != false
        && seeds?.contains(row["seed"]) != false
    }
    .map { try Run(row: $0, path: path) }
  }

  /// Marks a run as at work in this process and counts the attempt; what an earlier attempt left is dropped.
  ///
  /// - Parameter time: Seconds since 1970.
  /// - Throws: `StoreError.done` or `.taken` if the run is done, or at work in another process.
  package func start(_ id: String, provenance: Provenance, at time: Double) throws {
    let (worker, text) = (Worker.current, try encoded(provenance))
    try writing("the start of a run") { db in
      let state = try state(of: id, in: db)
      guard state.status != .done else { throw StoreError.done(run: id) }
      if state.status == .running, let other = state.worker, other != worker, !other.isGone {
        throw StoreError.taken(run: id, worker: other.description)
      }
      try clear(id, in: db)
      try db.execute(
        sql: """
          UPDATE run SET status = 'running', attempts = attempts + 1, started = ?, provenance = ?, worker = ?
          WHERE id = ?
          """, arguments: [time, text, worker.description, id])
    }
  }

  /// Records how a run ended; a run that is done keeps its outcome.
  ///
  /// - Throws: `StoreError.unfinished` if the outcome lacks its weights' hash or its reason.
  package func finish(_ id: String, with outcome: RunOutcome) throws {
    try check(outcome, of: id)
    try writing("the end of a run") { db in
      guard try state(of: id, in: db).status != .done else { return }
      try db.execute(
        sql: """
          UPDATE run SET status = ?, reason = ?, seconds = ?, processor_seconds = ?, peak_memory = ?,
            weights_hash = ?, worker = NULL
          WHERE id = ?
          """,
        arguments: [
          outcome.status.rawValue, outcome.reason, outcome.seconds, outcome.processorSeconds, outcome.peakMemory,
          outcome.weightsHash, id,
        ])
    }
  }

  /// Drops what a run left and makes it pending again; its attempts stay counted.
  package func reset(_ id: String) throws {
    try writing("the reset of a run") { db in
      _ = try state(of: id, in: db)
      try clear(id, in: db)
    }
  }

  /// Marks the runs as interrupted whose worker is no more: a machine that stopped, a process that was killed.
  ///
  /// - Returns: their ids.
  @discardableResult
  package func interruptAbandoned(reason: String = "its worker process ended without a word") throws -> [String] {
    try writing("the search for abandoned runs") { db in
      let rows = try Row.fetchAll(db, sql: "SELECT id, worker FROM run WHERE status = 'running' ORDER BY id")
      let gone = rows.filter { row in (row["worker"] as String?).flatMap(Worker.init)?.isGone ?? true }
        .map { $0["id"] as String }
      for id in gone {
        try db.execute(
          sql: "UPDATE run SET status = 'interrupted', reason = ?, worker = NULL WHERE id = ?", arguments: [reason, id])
      }
      return gone
    }
  }

  private func check(_ outcome: RunOutcome, of id: String) throws {
    switch outcome.status {
    case .pending, .running: throw StoreError.unfinished(run: id, what: "\(outcome.status.rawValue) is no end")
    case .done:
      guard outcome.weightsHash?.isEmpty == false else {
        throw StoreError.unfinished(run: id, what: "a done run has the hash of its weights")
      }
      guard outcome.reason == nil else { throw StoreError.unfinished(run: id, what: "a done run needs no reason") }
    case .failed, .diverged, .timedOut, .interrupted:
      guard outcome.reason?.isEmpty == false else {
        throw StoreError.unfinished(run: id, what: "a run that is \(outcome.status.rawValue) has a reason")
      }
    }
  }

  func state(of id: String, in db: Database) throws -> (status: RunStatus, worker: Worker?) {
    let row = try Row.fetchOne(db, sql: "SELECT status, worker FROM run WHERE id = ?", arguments: [id])
    guard let row, let status = RunStatus(rawValue: row["status"]) else {
      throw StoreError.unknownRun(path: path, run: id)
    }
    return (status, (row["worker"] as String?).flatMap(Worker.init))
  }

  private func clear(_ id: String, in db: Database) throws {
    try dropResults(of: id, in: db)
    try db.execute(
      sql: """
        UPDATE run SET status = 'pending', reason = NULL, started = NULL, seconds = NULL, processor_seconds = NULL,
          peak_memory = NULL, weights_hash = NULL, provenance = NULL, worker = NULL
        WHERE id = ?
        """, arguments: [id])
  }
}
