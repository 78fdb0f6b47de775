package import Experiments
import GRDB

/// What became of the runs of a store that was merged into another; each run is counted once.
package struct Merge: Encodable, Hashable, Sendable {
  /// Not there before.
  package var added: [String] = []
  /// There, but less far: replaced.
  package var advanced: [String] = []
  /// There, and as far or further: left as they were.
  package var kept: [String] = []
  /// At work in either store: left as they were.
  package var atWork: [String] = []
  /// Done in both with other weights or other scores: ours stay.
  package var conflicts: [Conflict] = []

  /// A run of which two stores tell different things.
  package struct Conflict: Encodable, Hashable, Sendable {
    package let run: String
    /// What differs, e.g. `weights 12ab… here and 34cd… there`.
    package let difference: String
  }

  package init() {}

  /// Everything that two merges did.
  package static func + (a: Merge, b: Merge) -> Merge {
    var sum = a
    sum.added += b.added
    sum.advanced += b.advanced
    sum.kept += b.kept
    sum.atWork += b.atWork
    sum.conflicts += b.conflicts
    return sum
  }
}

extension RunStore {
  /// Takes over the runs of another store with all they left, and its baselines under names that are free here.
  ///
  /// The runs are taken over in one transaction, all or none, and doing it again changes nothing: of two accounts of a run the
  /// one that is further stays (done, then ended without a result, then interrupted, then pending; of two that ended
  /// without a result the later). Weights lie in files beside a store and are not moved.
  /// - Parameter isWanted: which of its runs are taken over.
  /// - Throws: `StoreError`.
  package func merge(_ other: RunStore, where isWanted: (Run) -> Bool = { _ in true }) throws -> Merge {
    let runs = try other.runs().filter(isWanted)
    let merge = try writing("a merge") { db in
      var merge = Merge()
      for run in runs { try take(run, from: other, into: &merge, in: db) }
      return merge
    }
    let names = try snapshots().map(\.name)
    for snapshot in try other.snapshots() where !names.contains(snapshot.name) { try promote(snapshot) }
    return merge
  }

  private func take(_ theirs: Run, from other: RunStore, into merge: inout Merge, in db: Database) throws {
    let ours = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [theirs.id])
      .map { try Run(row: $0, path: path) }
    guard let ours else {
      guard theirs.status != .running else { return merge.atWork.append(theirs.id) }
      try insert(theirs, in: db)
      try replace(theirs.id, by: other.record(of: theirs), in: db)
      return merge.added.append(theirs.id)
    }
    if try theirs.status == .running || state(of: ours.id, in: db).isAlive { return merge.atWork.append(theirs.id) }
    if ours.status == .done, theirs.status == .done {
      let difference = try difference(between: record(of: ours, in: db), and: other.record(of: theirs))
      guard let difference else { return merge.kept.append(theirs.id) }
      return merge.conflicts.append(Merge.Conflict(run: theirs.id, difference: difference))
    }
    guard theirs.isFurther(than: ours) else { return merge.kept.append(theirs.id) }
    try replace(theirs.id, by: other.record(of: theirs), in: db)
    merge.advanced.append(theirs.id)
  }

  /// Puts another store's account of a run in the place of ours.
  private func replace(_ id: String, by record: RunRecord, in db: Database) throws {
    let run = record.run
    try dropResults(of: id, in: db)
    try insert(record.scores, of: id, in: db)
    try insert(record.curves, of: id, in: db)
    try insert(record.artefacts, of: id, in: db)
    try db.execute(sql: "DELETE FROM event WHERE run = ?", arguments: [id])
    for event in record.events { try tell(event.what, of: id, at: event.time, in: db) }
    try db.execute(
      sql: """
        UPDATE run SET status = ?, reason = ?, attempts = ?, started = ?, seconds = ?, processor_seconds = ?,
          peak_memory = ?, weights_hash = ?, provenance = ?, worker = NULL, lease = NULL,
          heartbeat = NULL
        WHERE id = ?
        """,
      arguments: [
        run.status.rawValue, run.reason, run.attempts, run.started, run.seconds, run.processorSeconds, run.peakMemory,
        run.weightsHash, try run.provenance.map(encoded), id,
      ])
  }

  private func record(of run: Run) throws -> RunRecord {
    try reading("a look at its results") { try record(of: run, in: $0) }
  }

  /// What differs between two accounts of a finished run, `nil` where nothing does.
  private func difference(between ours: RunRecord, and theirs: RunRecord) -> String? {
    guard ours.run.weightsHash == theirs.run.weightsHash else {
      return "weights \(ours.weights) here and \(theirs.weights) there"
    }
    for score in ours.scores {
      guard let other = theirs.scores.first(where: { $0.metric == score.metric }) else { continue }
      guard score.value == other.value else {
        return "\(score.metric) is \(score.told) here and \(other.told) there"
      }
    }
    return nil
  }
}

extension Run {
  /// How much there is to keep, first by how the run ended, then by when it began.
  fileprivate func isFurther(than other: Run) -> Bool {
    (status.advance, started ?? 0) > (other.status.advance, other.started ?? 0)
  }
}

extension RunStatus {
  fileprivate var advance: Int {
    switch self {
    case .pending: 0
    case .running, .interrupted: 1
    case .failed, .diverged, .timedOut: 2
    case .done: 3
    }
  }
}

extension RunRecord {
  fileprivate var weights: String { run.weightsHash.map { "\($0.prefix(16))" } ?? "none" }
}

extension Score {
  fileprivate var told: String { value.map { "\($0)" } ?? status.rawValue }
}
