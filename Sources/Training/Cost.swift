import Execution
package import Experiments
import Methods
import Tensors

/// What the iterations of a training compute, counted from the traced programs without running anything.
package struct TrainingCost: Sendable {
  /// Floating-point operations of convolutions and matrix products.
  package let operations: Double
  /// Numbers that all other operations write.
  package let elements: Double

  /// An iteration of a configuration, all of its parts.
  /// - Throws: `SettingsError`.
  package static func ofIteration(_ configuration: Configuration) throws -> TrainingCost {
    let batch = configuration.training.batch
    return TrainingCost(
      try TrainingProgram(configuration, trainCount: 100 * batch).parts.map(\.program))
  }

  /// An iteration of a configuration's second stage; nothing where it has none.
  package static func ofSecondStageIteration(_ configuration: Configuration) -> TrainingCost {
    guard let stage = configuration.secondStage else { return TrainingCost([]) }
    let (graph, outputs) = secondStageProgram(stage, batch: configuration.training.batch)
    let update = Update(
      of: graph.trainedParameters, toLessen: outputs[0].tensor, by: configuration.training.secondStageOptimizer)
    return TrainingCost([Program(graph: graph, outputs: outputs, update: update)])
  }

  private init(_ programs: [Program]) {
    operations = programs.map(\.operations).reduce(0, +)
    elements = programs.map(\.elements).reduce(0, +)
  }
}
