import Datasets
import Execution
import Experiments
import Foundation
import Metrics
package import Store
package import Tensors
import Training

/// Does one run: the straight line from a configuration to scores in the store.
/// - Parameter tell: hears what happens; what it throws ends the run.
/// - Throws: whatever keeps the run from its end; nothing of it is then in the store but its beginning.
package func reproduce(
  _ job: WorkerJob, in store: RunStore, executor: any Executor, tell: (WorkerEvent) throws -> Void
) throws {
  let (run, configuration, began) = (job.run, job.run.configuration, Date())

  try tell(.phase("loading \(configuration.dataset.name)"))
  let dataset = try DatasetCatalog.load(
    configuration.dataset.name, settings: configuration.dataset, from: DataFolder(path: job.data))
  try store.start(
    run.id, provenance: try .gather(job, dataset: dataset, store: store), at: began.timeIntervalSince1970)

  let (seed, archive) = (UInt64(run.seed), job.stages.map { StageArchive(folder: $0, code: job.code) })
  if archive?.holds(configuration, seed: seed, on: dataset) == true { try tell(.phase("taking up the first stage")) }
  let model = try train(configuration, seed: seed, on: dataset, executor: executor, archive: archive) {
    try tell(.training($0))
  }
  try model.save(to: job.checkpoint)

  let measurements = try measure(
    job.metrics,
    of: Subject(model: model, dataset: dataset, configuration: configuration, seed: seed),
    with: Instruments(
      executor: executor, inception: { try InceptionWeights.prepared(in: DataFolder(path: job.data)) },
      cache: FeatureCache(folder: job.features))
  ) { try tell(.phase($0)) }

  try store.save(
    scores: measurements.scores, curves: model.curves + measurements.curves, artefacts: measurements.artefacts,
    of: run.id)
  try store.finish(
    run.id, with: RunOutcome(status: .done, since: began, weightsHash: model.weightsHash))
}

/// The work of a worker process: a run, and if it comes to nothing, the reason in the store.
/// - Throws: `StoreError` where not even that can be written, and what `tell` throws.
package func work(_ job: WorkerJob, tell: (WorkerEvent) throws -> Void) throws {
  let store = try RunStore.open(job.store)
  let began = Date()
  do {
    try reproduce(job, in: store, executor: CPUExecutor(threads: job.threads), tell: tell)
    try tell(.ended(.done, reason: nil))
  } catch let error as StoreError {
    throw error
  } catch {
    let status: RunStatus = if case TrainingError.diverged = error { .diverged } else { .failed }
    let reason = sentence(of: error)
    try store.finish(job.run.id, with: RunOutcome(status: status, since: began, reason: reason))
    try tell(.ended(status, reason: reason))
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
  init(status: RunStatus, since began: Date, reason: String? = nil, weightsHash: String? = nil) {
    self.init(
      status: status, reason: reason, seconds: Date().timeIntervalSince(began),
      processorSeconds: Machine.processorSeconds, peakMemory: Machine.peakMemory, weightsHash: weightsHash)
  }
}
