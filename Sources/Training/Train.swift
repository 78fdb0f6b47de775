package import Datasets
package import Experiments
import Methods
package import Tensors

/// Trains the model that a configuration names, from the first values of its weights to the weights to be measured.
///
/// Everything random is drawn from the seed: weights ("init"), order of items ("shuffle"), codes ("noise"), and the
/// jitter of training images ("augment"). The same configuration, seed, dataset and executor give the same bits, however
/// often the training was cut off and gone on with from a savepoint.
/// - Parameters:
///   - archive: where a first stage that other trainings share is taken up from, or left.
///   - savepoints: where to go on from, and to leave what it takes to do so; `nil` for trainings that are never cut off.
///   - progress: told whenever a point of the training curves is complete; what it throws ends the training.
/// - Throws: `SettingsError`, `TrainingError` and `CheckpointError`, what the executor throws on compiling, and what
///   `progress` throws.
package func train(
  _ configuration: Configuration, seed: UInt64, on dataset: Dataset, executor: any Executor,
  archive: StageArchive? = nil, savepoints: Savepoints? = nil, progress: (TrainingProgress) throws -> Void
) throws -> TrainedModel {
  try validate(configuration, for: dataset)
  return try withoutActuallyEscaping(progress) { progress in
    var course = try Course(
      configuration, seed: seed, on: dataset, executor: executor, savepoints: savepoints, progress: progress)
    try course.runFirstStage(sharing: archive)
    if let stage = configuration.secondStage { try course.runSecondStage(stage) }
    let (parameters, curves) = (course.parameters, course.state.points)
    guard parameters.isFinite else { throw TrainingError.diverged(iteration: configuration.training.iterations) }
    return try TrainedModel(configuration, parameters: parameters, curves: curves, executor: executor)
  }
}
