import Datasets
import Distributions
import Execution
import Experiments
import Methods
import Tensors

/// A few items on their way through a specimen's model, at the first values of its weights.
struct TinyBatch {
  /// Many enough that one ReLU about to switch for one of them hardly bends the objective.
  static let count = 16
  let pass: ForwardPass
  let parameters = ParameterStore()
  private let specimen: Specimen

  /// - Parameter configuration: the specimen's where nothing else is said.
  /// - Throws: `SettingsError`.
  init(_ specimen: Specimen, _ configuration: Configuration? = nil) throws {
    let (model, graph) = (try LatentModel(configuration ?? specimen.configuration), Graph(isTraining: true))
    let items = graph.input("items", Shape([Self.count] + model.itemShape.dimensions))
    let noise = graph.normal([Self.count, model.latents], purpose: "noise")
    pass = model.pass(over: items, noise: noise, trainCount: specimen.dataset.train.count)
    self.specimen = specimen
  }

  /// The outputs, planned; parameters that the store does not hold yet get their first values.
  /// - Throws: `ExecutionError`.
  func compiled(_ outputs: [Tensor]) throws -> any Executable {
    parameters.add(parametersOf: pass.graph, seed: 0)
    let named = outputs.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    let executable = try CPUExecutor().compile(Program(graph: pass.graph, outputs: named), parameters: parameters)
    _ = executable.input("items").update(fromContentsOf: specimen.testItems(Self.count).values)
    return executable
  }

  /// The values of scalars.
  /// - Throws: `ExecutionError`.
  func scalars(_ outputs: [Tensor]) throws -> [Double] {
    let executable = try compiled(outputs)
    executable.run(seed: 0, step: 0)
    return outputs.indices.map { Double(executable.scalar("\($0)")) }
  }
}
