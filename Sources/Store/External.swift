package import Experiments
import GRDB

/// A run that another program made and this one measured.
package struct ExternalRun: Sendable {
  /// The run that it stands for in tables: experiment, tier, seed and the configuration of the paper's file.
  package let run: Run
  /// Where and how it was measured, with its external origin.
  package let provenance: Provenance
  package let scores: [Score]
  package let artefacts: [Artefact]
  /// When it was measured, in seconds since 1970, and how long that took.
  package let began: Double
  package let seconds: Double

  package init(
    run: Run, provenance: Provenance, scores: [Score], artefacts: [Artefact], began: Double, seconds: Double
  ) {
    precondition(provenance.external != nil, "an external run says what it rests on")
    (self.run, self.provenance, self.scores, self.artefacts) = (run, provenance, scores, artefacts)
    (self.began, self.seconds) = (began, seconds)
  }
}

extension RunStore {
  /// Enters an external run as done, in one transaction.
  ///
  /// - Parameter replacing: whether what was run or recorded under the same id gives way to it.
  /// - Throws: `StoreError.occupied` where it may not, `.taken` where it is at work in another process.
  package func record(_ external: ExternalRun, replacing: Bool) throws {
    let (id, text) = (external.run.id, try encoded(external.provenance))
    try register([external.run])
    try writing("an external run") { db in
      try makeWay(for: id, replacing: replacing, in: db)
      try insert(external.scores, of: id, in: db)
      try insert(external.artefacts, of: id, in: db)
      try db.execute(
        sql: """
          UPDATE run SET status = 'done', reason = NULL, attempts = attempts + 1, started = ?, seconds = ?,
            processor_seconds = NULL, peak_memory = NULL, weights_hash = NULL, provenance = ?, worker = NULL, lease = NULL,
            heartbeat = NULL
          WHERE id = ?
          """, arguments: [external.began, external.seconds, text, id])
    }
  }

  /// Whether a run may be recorded, before the work of measuring it.
  /// - Throws: as `record`.
  package func checkRoom(for run: Run) throws {
    try reading("a look at its runs") { db in
      guard try Bool.fetchOne(db, sql: "SELECT 1 FROM run WHERE id = ?", arguments: [run.id]) != nil else { return }
      try refuse(unlessFree: run.id, in: db)
    }
  }

  private func makeWay(for id: String, replacing: Bool, in db: Database) throws {
    if !replacing { try refuse(unlessFree: id, in: db) }
    let state = try state(of: id, in: db)
    if state.isAlive {
      throw StoreError.taken(run: id, worker: state.holder?.place ?? "unknown")
    }
    try dropResults(of: id, in: db)
  }

  private func refuse(unlessFree id: String, in db: Database) throws {
    let row = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
    guard let run = try row.map({ try Run(row: $0, path: path) }), run.status != .pending else { return }
    let isExternal = run.provenance?.external != nil
    throw StoreError.occupied(run: id, what: isExternal ? "external" : "our own, \(run.status.rawValue)")
  }
}
