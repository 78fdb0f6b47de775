import Experiments
import Foundation
import Tensors

/// Writes the savepoints of one training when they are due, and finds the newest sound one.
struct SavepointKeeper {
  private let savepoints: Savepoints
  private let owner: [String: String]
  private var lastWritten = ContinuousClock.now
  private var lastCost = Duration.zero
  /// Whether the last savepoint could not be written, which is told once however often it comes.
  private var fails = false

  /// So many are kept, in case the newest is damaged.
  private static let kept = 2
  private static let suffix = ".safetensors"

  init(_ savepoints: Savepoints, _ configuration: Configuration, seed: UInt64, data: String) {
    self.savepoints = savepoints
    owner = savepoints.owner.merging(["configuration": configuration.hash, "seed": "\(seed)", "data": data]) { $1 }
  }

  /// The newest savepoint that is whole and belongs here; those that are not are removed, and it is told why.
  /// - Throws: what `tell` throws.
  func newest() throws -> Savepoint? {
    for name in names.reversed() {
      let path = "\(savepoints.folder)/\(name)"
      do { return try Savepoint(reading: path, owner: owner) } catch {
        unlink(path)
        try savepoints.tell("the savepoint \(name) \(error), and is not used")
      }
    }
    return nil
  }

  /// Passes on what is not as usual.
  func tell(_ what: String) throws { try savepoints.tell(what) }

  /// Says where the training goes on.
  func tellResumption(at iteration: Int, of iterations: Int, _ stage: TrainingState.Stage) throws {
    let place = stage == .first ? "" : " of the second stage"
    try savepoints.tell("resumed at iteration \(iteration) of \(iterations)\(place)")
  }

  /// Says whose training of the first stage is waited for.
  func tellWaiting(for holder: String) throws {
    try savepoints.tell("waits for the first stage, which has been in the hands of \(holder)")
  }

  /// Called while the training waits for something.
  /// - Throws: `TrainingError.interrupted`.
  func checkStop(at iteration: Int) throws {
    if savepoints.isStopped() { throw TrainingError.interrupted(iteration: iteration) }
  }

  /// Writes a savepoint if one is due after an iteration, or if the training is to stop.
  /// - Throws: `TrainingError.interrupted`, and what `tell` throws; never that a savepoint could not be written.
  mutating func keep(_ state: TrainingState, _ parameters: ParameterStore, trained: [String]) throws {
    let isStopped = savepoints.isStopped()
    guard isStopped || isDue(after: state.iteration) else { return }
    let began = ContinuousClock.now
    do {
      try write(state, parameters, trained: trained)
      fails = false
    } catch {
      if !fails { try savepoints.tell("no savepoint could be written at iteration \(state.iteration): \(error)") }
      fails = true
    }
    (lastWritten, lastCost) = (.now, began.duration(to: .now))
    try checkStop(at: state.iteration)
  }

  private func isDue(after iteration: Int) -> Bool {
    switch savepoints.rhythm {
    case .iterations(let count): iteration.isMultiple(of: count)
    case .seconds(let seconds): lastWritten.duration(to: .now) >= .seconds(seconds)
    case .usual: lastWritten.duration(to: .now) >= max(.seconds(30), lastCost * 100)
    }
  }

  private func write(_ state: TrainingState, _ parameters: ParameterStore, trained: [String]) throws {
    try FileManager.default.createDirectory(atPath: savepoints.folder, withIntermediateDirectories: true)
    // What a process that was killed in the middle left behind.
    for name in try FileManager.default.contentsOfDirectory(atPath: savepoints.folder) where !isSavepoint(name) {
      unlink("\(savepoints.folder)/\(name)")
    }
    let name = "\(state.stage.rawValue)-" + String(format: "%09d", state.iteration) + Self.suffix
    try Savepoint.write(state, parameters, trained: trained, owner: owner, to: "\(savepoints.folder)/\(name)")
    for name in names.dropLast(Self.kept) { unlink("\(savepoints.folder)/\(name)") }
  }

  /// From the oldest to the newest; none where there is no folder.
  private var names: [String] {
    let all = try? FileManager.default.contentsOfDirectory(atPath: savepoints.folder)
    return (all ?? []).filter(isSavepoint).sorted()
  }

  private func isSavepoint(_ name: String) -> Bool { name.hasSuffix(Self.suffix) }
}
