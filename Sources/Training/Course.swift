import Datasets
import Distributions
import Execution
import Experiments
import Methods
import Tensors

/// A training under way: the one place that iterates, tells how far it is and keeps savepoints.
struct Course {
  let parameters = ParameterStore()
  private(set) var state: TrainingState
  private let configuration: Configuration
  private let seed: UInt64
  private let dataset: Dataset
  private let executor: any Executor
  private let progress: (TrainingProgress) throws -> Void
  private var keeper: SavepointKeeper?
  /// Where to go on; used up when the stage that it is of begins.
  private var found: Savepoint?

  /// - Throws: what the savepoints' `tell` throws.
  init(
    _ configuration: Configuration, seed: UInt64, on dataset: Dataset, executor: any Executor, savepoints: Savepoints?,
    progress: @escaping (TrainingProgress) throws -> Void
  ) throws {
    (self.configuration, self.seed, self.dataset) = (configuration, seed, dataset)
    (self.executor, self.progress) = (executor, progress)
    keeper = savepoints.map { SavepointKeeper($0, configuration, seed: seed, data: dataset.digest) }
    found = try keeper?.newest()
    state = found?.state ?? TrainingState(configuration.training)
  }

  /// Fills the store with the weights of the model itself, from an archive if they are there.
  /// - Throws: as `train`.
  mutating func runFirstStage(sharing archive: StageArchive?) throws {
    let program = try TrainingProgram(configuration, trainCount: dataset.train.count)
    for part in program.parts { parameters.add(parametersOf: part.program.graph, seed: seed) }
    guard state.stage == .first else { return try goOn() }
    let right = try archive?.right(
      toTrain: configuration, seed: seed, on: dataset, told: { try keeper?.tellWaiting(for: $0) },
      waiting: { try keeper?.checkStop(at: state.iteration) })
    defer { withExtendedLifetime(right) {} }
    if let points = archive?.take(configuration, seed: seed, on: dataset, into: parameters) {
      found = nil
      return state.beginSecondStage(after: points, configuration.training)
    }
    var stage = try firstStage(program)
    try goOn()
    try run(&stage)
    state.candidates?.restore(parameters)
    guard parameters.isFinite else { throw TrainingError.diverged(iteration: stage.iterations) }
    do { try archive?.keep(parameters, state.points, of: configuration, seed: seed, on: dataset) } catch {
      // Others that want this stage train it again.
      try keeper?.tell("the first stage is not kept for others: \(error)")
    }
    state.beginSecondStage(after: state.points, configuration.training)
  }

  /// Adds the weights of the second stage to the store.
  ///
  /// Its curves are named `second-loss` and so on, in nats per code, and `second-log-sigma`.
  /// - Throws: as `train`.
  mutating func runSecondStage(_ stage: SecondStage) throws {
    var first = configuration
    first.training.secondStage = .none
    let model = try TrainedModel(first, parameters: parameters, curves: [], executor: executor)
    var stage = try secondStage(
      stage, on: model.posteriors(of: dataset.train), configuration.training, seed: seed, parameters: parameters,
      executor: executor)
    try goOn()
    try run(&stage)
  }

  private func firstStage(_ program: TrainingProgram) throws -> Stage {
    let likelihood = try LikelihoodCatalog.likelihood(configuration.likelihood)
    let (configuration, seed, dataset, parameters) = (configuration, seed, dataset, parameters)
    let phase = try Phase(
      program.parts, parameters: parameters, executor: executor, seed: seed,
      batches: { Batches(of: dataset, configuration, seed: seed, purpose: $0) },
      shuffle: { Shuffle(count: $0, batch: configuration.training.batch, by: Generator(seed: seed).split("shuffle")) })
    return Stage(
      phase: phase, iterations: configuration.training.iterations, losses: program.losses,
      logDeviation: { likelihood.learnedLogDeviation(in: parameters) })
  }

  /// Takes up what a savepoint holds of the parameters that are there by now.
  private mutating func goOn() throws {
    if let found { state = try found.restore(to: parameters) }
  }

  /// Runs the iterations that a stage has left.
  private mutating func run(_ stage: inout Stage) throws {
    if found != nil { try keeper?.tellResumption(at: state.iteration, of: stage.iterations, state.stage) }
    found = nil
    let (parameters, trained) = (parameters, stage.phase.trained)
    while state.iteration < stage.iterations {
      let losses = try stage.run(iteration: state.iteration + 1)
      state.iteration += 1
      let newest = state.curves.record(
        losses, logDeviation: stage.logDeviation(), iteration: state.iteration,
        isLast: state.iteration == stage.iterations)
      if let newest {
        try progress(TrainingProgress(iteration: state.iteration, iterations: stage.iterations, losses: newest))
      }
      state.candidates?.record(loss: losses.loss, iteration: state.iteration, parameters)
      let reached = state
      try keeper?.keep(reached, parameters, trained: trained)
    }
  }
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
