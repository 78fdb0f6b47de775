package import Experiments
import GRDB

/// What became of asking for one of several runs to work on.
package struct LeaseAnswer: Hashable, Sendable {
  /// The run that is this process's now, until it is finished.
  package var granted: String?
  /// Those asked for before it that need no more work, with how they ended.
  package var over: [String: RunStatus] = [:]
  /// Those that other processes have, with which ones.
  package var held: [String: RunHolder] = [:]
}

/// The process that has a run.
package struct RunHolder: Codable, Hashable, Sendable {
  /// Its number and machine: `12 on vm`.
  package let process: String
  /// Since when it is at work on the run, in seconds since 1970; `nil` where it has not begun.
  package let since: Double?
  /// When it last gave a sign of life.
  package let lastSign: Double?
  /// Whether it is no more, or has been silent for too long, so that others may take the run over.
  package let isGone: Bool
}

/// Runs are divided among processes by leases: a run at work is held by one process, which gives a sign of life now and
/// then. The lease ends with the run, with the process where that can be seen, and else when it has been silent for long.
extension RunStore {
  /// The seconds after which a process on another machine that gave no sign of life is taken to be gone.
  package static let patience = 600.0
  /// The seconds after which a holder should give the next sign of life.
  package static let heartbeat = 20.0

  /// Takes the first of these runs that nobody has and that is not over; all in one transaction.
  /// - Parameter time: Seconds since 1970.
  /// - Throws: `StoreError.unknownRun`.
  package func lease(oneOf ids: [String], at time: Double) throws -> LeaseAnswer {
    try writing("a lease") { db in
      var answer = LeaseAnswer()
      for id in ids {
        let state = try state(of: id, in: db)
        switch state.status {
        case .done, .failed, .diverged, .timedOut: answer.over[id] = state.status
        case .running where state.isHeld(at: time): answer.held[id] = RunHolder(state, at: time)
        case .pending, .interrupted, .running:
          if state.status == .running { try interrupt(id, reason: Self.silence, at: time, in: db) }
          try db.execute(
            sql: """
              UPDATE run SET status = 'running', reason = NULL, worker = NULL, lease = ?, heartbeat = ? WHERE id = ?
              """,
            arguments: [Worker.current.description, time, id])
          answer.granted = id
          return answer
        }
      }
      return answer
    }
  }

  /// Gives a sign of life of those of the runs that this process has leased.
  package func beat(_ ids: [String], at time: Double) throws {
    try writing("a sign of life") { db in
      for id in ids {
        guard try state(of: id, in: db).lease == .current else { continue }
        try db.execute(
          sql: "UPDATE run SET heartbeat = ? WHERE id = ? AND status = 'running'", arguments: [time, id])
      }
    }
  }

  /// Marks the runs as interrupted whose holder is no more: a machine that stopped, a process that was killed.
  ///
  /// - Parameter time: Seconds since 1970.
  /// - Returns: their ids.
  @discardableResult
  package func interruptAbandoned(at time: Double) throws -> [String] {
    try writing("the search for abandoned runs") { db in
      let ids = try String.fetchAll(db, sql: "SELECT id FROM run WHERE status = 'running' ORDER BY id")
      let gone = try ids.filter { try !state(of: $0, in: db).isHeld(at: time) }
      for id in gone { try interrupt(id, reason: Self.silence, at: time, in: db) }
      return gone
    }
  }

  /// Who has the runs that are at work, or had them when it ended without a word, by run id.
  /// - Parameter time: Seconds since 1970.
  package func holders(at time: Double) throws -> [String: RunHolder] {
    try reading("a look at who is at work") { db in
      let ids = try String.fetchAll(db, sql: "SELECT id FROM run WHERE status = 'running'")
      return Dictionary(try ids.map { ($0, RunHolder(try state(of: $0, in: db), at: time)) }) { first, _ in first }
    }
  }

  private static let silence = "its worker process ended without a word"

  /// Marks a run as interrupted; the time from its start to its last sign of life counts.
  private func interrupt(_ id: String, reason: String, at time: Double, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE run SET status = 'interrupted', reason = ?, worker = NULL, lease = NULL,
          seconds = coalesce(seconds, 0) + max(0, coalesce(heartbeat - started, 0))
        WHERE id = ?
        """, arguments: [reason, id])
    try tell("interrupted: \(reason)", of: id, at: time, in: db)
  }
}

/// Whose a run is.
struct HeldState {
  let status: RunStatus
  /// The process that is at work on it.
  let worker: Worker?
  /// The process that leased it, for a worker that may not have begun.
  let lease: Worker?
  let started: Double?
  let heartbeat: Double?

  var holder: Worker? { worker ?? lease }

  /// Whether this process has it: at work on it, or before that by its own lease or its parent's.
  var isOurs: Bool { worker.map { $0 == .current } ?? lease.map { $0 == .current || $0 == .parent } ?? false }

  /// Whether the process that has it may be at work still.
  var isAlive: Bool { status == .running && holder.map { !$0.isGone } ?? false }

  /// Whether somebody has it, as far as can be seen: of a process on another machine, only its signs of life are.
  ///
  /// No clock decides over a process of this machine. A sign of life from far ahead is one of a clock that was set back
  /// since, and would be waited for as long again.
  func isHeld(at time: Double) -> Bool {
    guard isAlive, let holder, !holder.isOfThisMachine, let heartbeat else { return isAlive }
    return abs(time - heartbeat) < RunStore.patience
  }
}

extension RunHolder {
  fileprivate init(_ state: HeldState, at time: Double) {
    process = state.holder?.place ?? "unknown"
    since = state.worker == nil ? nil : state.started
    lastSign = state.heartbeat
    isGone = !state.isHeld(at: time)
  }
}
