import Datasets
import Execution
import Experiments
import Foundation
import Metrics
package import Store
package import Tensors
import Training

/// Does one run: the straight line from a configuration to scores in the store.
///
/// A run that was cut off goes on: its training from its last savepoint, its measuring with what is still to be measured.
/// - Parameters:
///   - isStopped: asked often; once it is true the run leaves what it takes to go on, and ends.
///   - tell: hears what happens; what it throws ends the run.
/// - Throws: `Interrupted` and `TrainingError.interrupted` where it was stopped, and whatever else keeps the run from its
///   end; nothing of it is then in the store but what it takes to go on.
package func reproduce(
  _ job: WorkerJob, in store: RunStore, executor: any Executor, isStopped: @escaping () -> Bool = { false },
  tell: @escaping (WorkerEvent) throws -> Void
) throws {
  let (run, configuration, began) = (job.run, job.run.configuration, ContinuousClock.now)
  let phase = { (words: String) in
    if isStopped() { throw Interrupted(during: words) }
    try tell(.phase(words))
  }

  try phase("loading \(configuration.dataset.name)")
  let dataset = try DatasetCatalog.load(
    configuration.dataset.name, settings: configuration.dataset, from: DataFolder(path: job.data))
  let provenance = try Provenance.gather(job, dataset: dataset, store: store)
  try store.start(run.id, provenance: provenance, at: Date().timeIntervalSince1970)
  let note = { (what: String) in
    // A training is not given up because a store on a full disk does not take what is told of it.
    do { try store.tell(what, of: run.id, at: Date().timeIntervalSince1970) } catch is StoreError {}
    try tell(.note(what))
  }

  let (seed, archive) = (UInt64(run.seed), job.stages.map { StageArchive(folder: $0, code: job.program) })
  if archive?.holds(configuration, seed: seed, on: dataset) == true { try phase("taking up the first stage") }
  let (model, parts) = try Interruption.waitingFor {
    let model = try train(
      configuration, seed: seed, on: dataset, executor: executor, archive: archive,
      savepoints: Savepoints(job, provenance, isStopped: isStopped, tell: note)
    ) {
      try tell(.training($0))
    }
    try model.save(to: job.checkpoint)
    let parts = try store.trained(run.id, weightsHash: model.weightsHash, by: job.program, curves: model.curves)
    return (model, parts)
  }

  let left = job.metrics.filter { !parts.contains($0.description) }
  if left.count < job.metrics.count {
    try note("\(left.count) of \(job.metrics.count) metrics are still to be measured")
  }
  let measurements = try measure(
    left, of: Subject(model: model, dataset: dataset, configuration: configuration, seed: seed),
    with: Instruments(
      executor: executor, inception: { try InceptionWeights.prepared(in: DataFolder(path: job.data)) },
      cache: FeatureCache(folder: job.features)),
    drawing: !parts.contains(picturesPart),
    keep: { try store.record($0.description, scores: [$1], curves: $2, of: run.id) }, progress: phase)
  try store.record(picturesPart, artefacts: measurements.artefacts, of: run.id)

  try store.finish(
    run.id, with: RunOutcome(status: .done, since: began, weightsHash: model.weightsHash))
  Savepoints.remove(job.savepoints)
}

/// What a run's pictures are called among the parts of its results, where metrics are called by their ids.
private let picturesPart = "pictures"

/// A run that was asked to stop between two steps of its work.
struct Interrupted: Error, CustomStringConvertible {
  let during: String

  var description: String { "The run was interrupted before \(during); the same command goes on from there." }
}

/// The work of a worker process: a run, and if it comes to nothing, the reason in the store.
/// - Throws: `StoreError` where not even that can be written, and what `tell` throws.
package func work(_ job: WorkerJob, tell: @escaping (WorkerEvent) throws -> Void) throws {
  // Where the store is gone, a new one would hold none of the sweep's runs.
  let store = try RunStore.open(job.store, creating: false)
  let began = ContinuousClock.now
  do {
    try reproduce(
      job, in: store, executor: CPUExecutor(threads: job.threads), isStopped: { Interruption.isAsked }, tell: tell)
    try tell(.ended(.done, reason: nil))
  } catch let error as StoreError where !error.isOfRun {
    throw error
  } catch {
    let (status, reason) = (runStatus(after: error), sentence(of: error))
    try store.finish(job.run.id, with: RunOutcome(status: status, since: began, reason: reason))
    if status == .diverged { Savepoints.remove(job.savepoints) }
    try tell(.ended(status, reason: reason))
  }
}

/// How a run ends that this ends.
private func runStatus(after error: any Error) -> RunStatus {
  switch error {
  case is Interrupted, TrainingError.interrupted: .interrupted
  // The disk's fault, not the run's: with space made, the same command goes on.
  case CheckpointError.unwritable, DatasetError.unwritable: .interrupted
  // Another process has seen to it, or does.
  case StoreError.done, StoreError.lost, StoreError.taken: .interrupted
  case TrainingError.diverged: .diverged
  default: .failed
  }
}

extension Savepoints {
  /// A job's savepoints, which are of use only to the same program on the same kind of processor.
  fileprivate init(
    _ job: WorkerJob, _ provenance: Provenance, isStopped: @escaping () -> Bool,
    tell: @escaping (String) throws -> Void
  ) {
    let libraries = Provenance.libraries.map { "\($0) \($1)" }.sorted()
    self.init(
      folder: job.savepoints,
      owner: [
        "run": job.run.id, "program": job.program, "instruction set": provenance.instructionSet,
        "libraries": libraries.joined(separator: ", "),
      ], rhythm: job.savepointSeconds.map { .seconds($0) } ?? .usual, isStopped: isStopped, tell: tell)
  }
}

extension WorkerEvent {
  init(_ progress: TrainingProgress) {
    self = .training(
      iteration: progress.iteration, iterations: progress.iterations,
      losses: progress.losses.map { CurvePoint(name: $0.name, iteration: progress.iteration, value: $0.value) })
  }

  static func training(_ progress: TrainingProgress) -> WorkerEvent { WorkerEvent(progress) }
}

extension RunOutcome {
  /// An outcome with what this process has used up to now.
  init(
    status: RunStatus, since began: ContinuousClock.Instant, reason: String? = nil, weightsHash: String? = nil
  ) {
    self.init(
      status: status, reason: reason, seconds: began.duration(to: .now) / .seconds(1),
      processorSeconds: Machine.processorSeconds, peakMemory: Machine.peakMemory, weightsHash: weightsHash)
  }
}
