import Experiments

/// What can go wrong with a store, each in one sentence that says what to do.
package enum StoreError: Error, Hashable, CustomStringConvertible {
  case missing(path: String)
  /// Its file is no longer the one that was opened.
  case vanished(path: String)
  /// It vanished, and lies in its place again as it was.
  case restored(path: String)
  case full(path: String)
  case newer(path: String, version: Int, known: Int)
  case notDatabase(path: String)
  case foreign(path: String)
  case notWritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case busy(path: String)
  case damaged(path: String, what: String)
  case unknownRun(path: String, run: String)
  case done(run: String)
  case taken(run: String, worker: String)
  case lost(run: String, worker: String?)
  case occupied(run: String, what: String)
  case unfinished(run: String, what: String)
  case notFinite(run: String, what: String)
  case promoted(String)
  case refused(path: String, doing: String, reason: String)

  /// Whether it is about a run, and the store as such is well.
  package var isOfRun: Bool {
    switch self {
    case .done, .lost, .notFinite, .taken, .unfinished: true
    default: false
    }
  }

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .missing(let path): "there is no store at \(path); run `assay run` first, or name another with --store"
    case .vanished(let path):
      "the store \(path) was deleted, moved or replaced while it was in use; put it back, and the same command goes on"
    case .restored(let path):
      "the store \(path) was deleted or moved while it was in use and has been written again; the same command goes on"
    case .full(let path): "the store \(path) has no room to grow; make space on its disk, and the same command goes on"
    case .newer(let path, let version, let known):
      "the store \(path) is of version \(version) and this program knows versions up to \(known); "
        + "use the newer program, or another store with --store"
    case .notDatabase(let path): "\(path) is no SQLite file; name a store with --store"
    case .foreign(let path): "\(path) is an SQLite file of another program; name a store with --store"
    case .notWritable(let path, let reason):
      "the store \(path) cannot be written (\(reason)); give write access to its folder, or name another with --store"
    case .unreadable(let path, let reason): "the store \(path) cannot be read (\(reason)); give read access to it"
    case .busy(let path): "the store \(path) is held by another program; end that, or wait and run again"
    case .damaged(let path, let what):
      "the store \(path) is damaged: \(what); restore a copy, or run again into a new store with --store"
    case .unknownRun(let path, let run): "the store \(path) has no run \(run); register it first"
    case .done(let run): "the run \(run) is done already; use --force to run it again"
    case .taken(let run, let worker): "the run \(run) is at work in process \(worker); wait for it, or end it"
    case .lost(let run, let worker):
      "the run \(run) is no longer this process's, but \(worker.map { "that of process \($0)" } ?? "nobody's"); "
        + "what it found is not recorded"
    case .occupied(let run, let what):
      "the run \(run) is there already (\(what)); use --force to put the external one in its place, or give another seed"
    case .unfinished(let run, let what): "the run \(run) cannot be recorded: \(what)"
    case .notFinite(let run, let what):
      "the run \(run) left a number that is not finite: \(what); record it as missing with its reason"
    case .promoted(let name): "there is a baseline '\(name)' already; promote under another name"
    case .refused(let path, let doing, let reason):
      "the store \(path) refused \(doing) (\(reason)); check the file and its disk"
    }
  }
}
