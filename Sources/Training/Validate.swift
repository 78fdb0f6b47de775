package import Datasets
package import Experiments
import Methods
import Tensors

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
