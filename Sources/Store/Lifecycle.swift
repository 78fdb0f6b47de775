package import Experiments
import Foundation
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
      try wanted?.contains(row.value("experiment")) != false
        && tier.map { try $0.rawValue == row.value("tier") } != false
        && seeds?.contains(row.value("seed")) != false
    }
    .map { try Run(row: $0, path: path) }
  }

  /// Marks a run as at work in this process, which may be the child of the one that leased it, and counts the attempt.
  ///
  /// What an attempt that was cut off left stays, if this one comes to the same bits; anything else is dropped.
  /// - Parameter time: Seconds since 1970.
  /// - Throws: `StoreError.done` or `.taken` if the run is done, or at work in another process.
  package func start(_ id: String, provenance: Provenance, at time: Double) throws {
    let text = try encoded(provenance)
    try writing("the start of a run") { db in
      let state = try state(of: id, in: db)
      guard state.status != .done else { throw StoreError.done(run: id) }
      if state.isHeld(at: time), !state.isOurs {
        throw StoreError.taken(run: id, worker: state.holder?.place ?? "unknown")
      }
      try makeReady(id, state.status, for: provenance, at: time, in: db)
      try db.execute(
        sql: """
          UPDATE run SET status = 'running', reason = NULL, attempts = attempts + 1, started = ?, heartbeat = ?,
            provenance = ?, worker = ?, lease = ?
          WHERE id = ?
          """, arguments: [time, time, text, Worker.current.description, state.lease?.description, id])
    }
  }

  /// Drops what a run left if it cannot be added to under this provenance, and tells which attempt begins how.
  private func makeReady(
    _ id: String, _ status: RunStatus, for provenance: Provenance, at time: Double, in db: Database
  ) throws {
    let row = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
    guard let former = try row.map({ try Run(row: $0, path: path) }) else { return }
    let difference = former.provenance?.difference(from: provenance)
    let goesOn = [.running, .interrupted].contains(status) && former.provenance != nil && difference == nil
    if !goesOn { try clear(id, in: db) }
    guard former.attempts > 0 else { return }
    let manner = goesOn ? "" : " anew" + (difference.map { ", for \($0)" } ?? "")
    try tell("attempt \(former.attempts + 1) begins\(manner)", of: id, at: time, in: db)
  }

  /// Records how a run ended; a run that is done keeps its outcome, and one that another process has is left to it.
  ///
  /// Durations add to those of attempts that were cut off. Only a run that is done or interrupted keeps results. Why it is
  /// not done is told among its events, too, where it stays when the run is begun again.
  /// - Parameter time: Seconds since 1970.
  /// - Throws: `StoreError.unfinished` if the outcome lacks its weights' hash or its reason.
  package func finish(
    _ id: String, with outcome: RunOutcome, at time: Double = Date().timeIntervalSince1970
  ) throws {
    try check(outcome, of: id)
    try writing("the end of a run") { db in
      let state = try state(of: id, in: db)
      guard state.status != .done, state.isOurs || !state.isAlive else { return }
      if outcome.status != .done, outcome.status != .interrupted { try dropResults(of: id, in: db) }
      try db.execute(
        sql: """
          UPDATE run SET status = :status, reason = :reason, worker = NULL, lease = NULL, heartbeat = NULL,
            seconds = coalesce(seconds + :seconds, :seconds, seconds),
            processor_seconds = coalesce(processor_seconds + :processor, :processor, processor_seconds),
            peak_memory = coalesce(max(peak_memory, :memory), :memory, peak_memory),
            weights_hash = coalesce(:weights, weights_hash)
          WHERE id = :id
          """,
        arguments: [
          "status": outcome.status.rawValue, "reason": outcome.reason, "seconds": outcome.seconds,
          "processor": outcome.processorSeconds, "memory": outcome.peakMemory, "weights": outcome.weightsHash, "id": id,
        ])
      guard let reason = outcome.reason else { return }
      try tell("\(outcome.status.rawValue): \(reason)", of: id, at: time, in: db)
    }
  }

  /// Drops what a run left and makes it pending again, unless another process has it; its attempts stay counted.
  package func reset(_ id: String) throws {
    try writing("the reset of a run") { db in
      let state = try state(of: id, in: db)
      if state.isOurs || !state.isAlive { try clear(id, in: db) }
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

  func state(of id: String, in db: Database) throws -> HeldState {
    let row = try Row.fetchOne(
      db, sql: "SELECT status, worker, lease, started, heartbeat FROM run WHERE id = ?", arguments: [id])
    guard let row, let status = RunStatus(rawValue: try row.value("status")) else {
      throw StoreError.unknownRun(path: path, run: id)
    }
    let process = { (column: String) in try (row.value(column) as String?).flatMap(Worker.init) }
    return HeldState(
      status: status, worker: try process("worker"), lease: try process("lease"), started: try row.value("started"),
      heartbeat: try row.value("heartbeat"))
  }

  private func clear(_ id: String, in db: Database) throws {
    try dropResults(of: id, in: db)
    try db.execute(
      sql: """
        UPDATE run SET status = 'pending', reason = NULL, started = NULL, seconds = NULL, processor_seconds = NULL,
          peak_memory = NULL, weights_hash = NULL, provenance = NULL, worker = NULL, lease = NULL,
          heartbeat = NULL
        WHERE id = ?
        """, arguments: [id])
  }
}

extension Provenance {
  /// Why a run under this provenance, gone on with under another one, would not come to the bits of one under that alone;
  /// `nil` where it would.
  fileprivate func difference(from other: Provenance) -> String? {
    if external != nil || other.external != nil { return "it is not another program's" }
    if code != other.code { return "the code is another" }
    if instructionSet != other.instructionSet { return "the instruction set is another" }
    if libraries != other.libraries { return "libraries have other versions" }
    return data == other.data ? nil : "the data are others"
  }
}
