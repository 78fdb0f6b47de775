package import Datasets
import Distributions
package import Experiments
import Methods
package import Tensors

/// Trains the model that a configuration names, from the first values of its weights to the weights to be measured.
///
/// Everything random is drawn from the seed: weights ("init"), order of items ("shuffle"), codes ("noise"), and the
/// jitter of training images ("augment"). The same configuration, seed, dataset and executor give the same bits.
/// - Parameters:
///   - archive: where a first stage that other trainings share is taken up from, or left.
///   - progress: told whenever a point of the training curves is complete; what it throws ends the training.
/// - Throws: `SettingsError`, `TrainingError` and `CheckpointError`, what the executor throws on compiling, and what
///   `progress` throws.
package func train(
  _ configuration: Configuration, seed: UInt64, on dataset: Dataset, executor: any Executor,
  archive: StageArchive? = nil, progress: (TrainingProgress) throws -> Void
) throws -> TrainedModel {
  try validate(configuration, for: dataset)
  let parameters = ParameterStore()
  var curves = try trainFirstStage(
    configuration, seed: seed, on: dataset, executor: executor, archive: archive, parameters: parameters,
    progress: progress)
  if let stage = configuration.secondStage {
    curves += try trainSecondStage(
      stage, configuration, seed: seed, on: dataset, executor: executor, parameters: parameters, progress: progress)
  }
  guard parameters.isFinite else { throw TrainingError.diverged(iteration: configuration.training.iterations) }
  return try TrainedModel(configuration, parameters: parameters, curves: curves, executor: executor)
}

/// Fills the store with the weights of the model itself, from an archive if they are there.
/// - Returns: their training curves.
private func trainFirstStage(
  _ configuration: Configuration, seed: UInt64, on dataset: Dataset, executor: any Executor,
  archive: StageArchive?, parameters: ParameterStore, progress: (TrainingProgress) throws -> Void
) throws -> [CurvePoint] {
  let program = try TrainingProgram(configuration, trainCount: dataset.train.count)
  let likelihood = try LikelihoodCatalog.likelihood(configuration.likelihood)
  for part in program.parts { parameters.add(parametersOf: part.program.graph, seed: seed) }
  if let curves = archive?.take(configuration, seed: seed, on: dataset, into: parameters) { return curves }
  var phase = try Phase(
    program.parts, parameters: parameters, executor: executor, seed: seed,
    batches: { Batches(of: dataset, configuration, seed: seed, purpose: $0) },
    shuffle: { Shuffle(count: $0, batch: configuration.training.batch, by: Generator(seed: seed).split("shuffle")) })
  var curves = CurveRecorder(every: configuration.training.logEvery)
  var candidates = Candidates(configuration.training)
  let iterations = configuration.training.iterations
  for done in 1...iterations {
    phase.run(step: done - 1)
    let losses = program.losses(of: phase)
    guard losses.isFinite else { throw TrainingError.diverged(iteration: done) }
    let newest = curves.record(
      losses, logDeviation: likelihood.learnedLogDeviation(in: parameters), iteration: done,
      isLast: done == iterations)
    if let newest { try progress(TrainingProgress(iteration: done, iterations: iterations, losses: newest)) }
    candidates.record(loss: losses.loss, iteration: done, parameters)
  }
  candidates.restore(parameters)
  guard parameters.isFinite else { throw TrainingError.diverged(iteration: iterations) }
  try archive?.keep(parameters, curves.points, of: configuration, seed: seed, on: dataset)
  return curves.points
}

/// Adds the weights of the second stage to the store.
/// - Returns: its training curves, named `second-loss` and so on, in nats per code, and `second-log-sigma`.
private func trainSecondStage(
  _ stage: SecondStage, _ configuration: Configuration, seed: UInt64, on dataset: Dataset, executor: any Executor,
  parameters: ParameterStore, progress: (TrainingProgress) throws -> Void
) throws -> [CurvePoint] {
  var first = configuration
  first.training.secondStage = .none
  let model = try TrainedModel(first, parameters: parameters, curves: [], executor: executor)
  let posteriors = model.posteriors(of: dataset.train)
  let iterations = configuration.training.secondStage.iterations
  var curves = CurveRecorder(every: configuration.training.logEvery, prefix: "second-")
  try train(
    stage, on: posteriors, configuration.training, seed: seed, parameters: parameters, executor: executor
  ) { done, losses in
    let newest = curves.record(
      losses, logDeviation: stage.learnedLogDeviation(in: parameters), iteration: done, isLast: done == iterations)
    if let newest { try progress(TrainingProgress(iteration: done, iterations: iterations, losses: newest)) }
  }
  return curves.points
}

extension TrainedModel {
  /// The posteriors of all items, `[items, L]`, read some thousand at a time.
  fileprivate func posteriors(of items: Items) -> Posteriors {
    let parts = stride(from: 0, to: items.count, by: 1000).map { start in
      encode(items.matrix(start..<min(start + 1000, items.count)))
    }
    return Posteriors(
      means: .stacking(parts.map(\.means), columns: latents),
      logVariances: .stacking(parts.map(\.logVariances), columns: latents))
  }
}

/// Checks that a configuration can be trained on a dataset, before any work is done.
/// - Throws: `SettingsError` where a value means nothing, `TrainingError` where network and dataset do not fit.
package func validate(_ configuration: Configuration, for dataset: Dataset) throws {
  try validate(configuration, for: dataset.card, trainCount: dataset.train.count)
}

/// The same for a dataset that is not loaded yet and will have `trainCount` training items.
/// - Throws: `SettingsError`, `TrainingError`.
package func validate(_ configuration: Configuration, for card: DatasetCard, trainCount: Int) throws {
  let (training, model) = (configuration.training, try LatentModel(configuration))
  let smallest = try MethodCatalog.method(configuration.method).smallestBatch
  for (key, value) in [
    ("batch", training.batch), ("checkpointEvery", training.checkpointEvery), ("iterations", training.iterations),
    ("logEvery", training.logEvery),
  ] where value < 1 {
    throw SettingsError.unusable("training.\(key)", value: "\(value)", need: "at least 1")
  }
  for (key, value) in [
    ("halveEvery", training.halveEvery), ("secondStage.halveEvery", training.secondStage.halveEvery),
    ("secondStage.iterations", training.secondStage.iterations),
  ] where value < 0 {
    throw SettingsError.unusable("training.\(key)", value: "\(value)", need: "at least 0")
  }
  for (key, value) in [("epsilon", training.epsilon), ("learningRate", training.learningRate)]
  where !(value > 0 && value.isFinite) {
    throw SettingsError.unusable("training.\(key)", value: "\(value)", need: "a number above 0")
  }
  for (key, value) in [("beta1", training.beta1), ("beta2", training.beta2)] where !(0..<1).contains(value) {
    throw SettingsError.unusable("training.\(key)", value: "\(value)", need: "at least 0 and below 1")
  }
  guard model.itemShape.dimensions == card.itemShape else {
    throw TrainingError.shapeMismatch(
      network: configuration.network.name, takes: model.itemShape.dimensions, dataset: card.name,
      has: card.itemShape)
  }
  guard training.batch >= smallest else {
    let need = "at least \(smallest) for the method \(configuration.method.name)"
    throw SettingsError.unusable("training.batch", value: "\(training.batch)", need: need)
  }
  guard trainCount >= training.batch else {
    throw TrainingError.tooFewItems(dataset: card.name, count: trainCount, batch: training.batch)
  }
}
