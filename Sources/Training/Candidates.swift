import Experiments
import Tensors

/// The weights that may be measured in the end: the last ones, or a copy of the best checkpoint's.
///
/// Each `checkpointEvery` iterations, and at the end, the weights are a candidate; the best is the one before which the
/// mean training loss was lowest, over up to 1,000 iterations (dpVAE's code, github riddhishb/dpVAE, keeps the
/// checkpoint of the lowest 1,000-iteration mean). Of two equal ones the earlier wins.
struct Candidates: Codable {
  private static let longestWindow = 1000

  private let training: TrainingSettings
  private var window: Int { min(Self.longestWindow, training.checkpointEvery) }
  private var recent: [Double] = []
  private var bestLoss: Double?
  /// Of every slice in the store's order; none without a best. They are kept apart from the rest.
  var bestWeights: [[Float]] = []

  private enum CodingKeys: CodingKey { case training, recent, bestLoss }

  init(_ training: TrainingSettings) {
    self.training = training
  }

  /// Takes the loss of an iteration and, where it ends in a checkpoint that is better than those before, its weights.
  mutating func record(loss: Double, iteration: Int, _ parameters: ParameterStore) {
    guard training.selection == .best else { return }
    recent.append(loss)
    if recent.count > window { recent.removeFirst() }
    guard iteration.isMultiple(of: training.checkpointEvery) || iteration == training.iterations else { return }
    let mean = recent.reduce(0, +) / Double(recent.count)
    if let bestLoss, bestLoss <= mean { return }
    (bestLoss, bestWeights) = (mean, parameters.slices.map { Array(parameters.values($0.name)) })
  }

  /// Puts the selected weights back.
  func restore(_ parameters: ParameterStore) {
    for (slice, weights) in zip(parameters.slices, bestWeights) {
      _ = parameters.values(slice.name).update(fromContentsOf: weights)
    }
  }
}
