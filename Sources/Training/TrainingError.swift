/// Why a training came to no model.
package enum TrainingError: Error, CustomStringConvertible {
  /// A loss or a weight is no finite number.
  case diverged(iteration: Int)
  /// It was asked to stop, and goes on from its savepoint when it is called again.
  case interrupted(iteration: Int)
  /// The network takes items of another shape than the dataset's.
  case shapeMismatch(network: String, takes: [Int], dataset: String, has: [Int])
  /// Not one whole batch can be drawn.
  case tooFewItems(dataset: String, count: Int, batch: Int)

  package var description: String {
    switch self {
    case .diverged(let iteration):
      "Training diverged: at iteration \(iteration) the loss or a weight was no finite number; "
        + "lower training.learningRate or look at the method's weights."
    case .interrupted(let iteration):
      "Training was interrupted after iteration \(iteration); the same command goes on from there."
    case .shapeMismatch(let network, let takes, let dataset, let has):
      "The network \(network) takes items of shape \(takes), but \(dataset) has \(has); "
        + "choose another network.name or dataset.name."
    case .tooFewItems(let dataset, let count, let batch):
      "\(dataset) has \(count) training items, too few for one batch of \(batch); "
        + "lower training.batch or raise dataset.trainLimit."
    }
  }
}
