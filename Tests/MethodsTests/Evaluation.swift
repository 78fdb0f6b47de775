import Execution
import Experiments
import Methods
import NaiveTwin
import Tensors

/// A model traced over one batch, with numbers for its items, noise and weights.
struct Evaluation {
  let graph = Graph()
  let pass: ForwardPass
  private let inputs: [String: [Double]]
  private let parameters: [String: [Double]]

  /// - Parameter weights: from the graph's parameters; by formula where nothing else is said.
  init(
    _ configuration: Configuration, items: [Double], noise: [Double],
    weights: ([Parameter]) -> [String: [Double]] = waves
  ) throws {
    let model = try LatentModel(configuration)
    let batch = items.count / model.itemShape.count
    pass = model.pass(
      over: graph.input("items", Shape([batch] + model.itemShape.dimensions)),
      noise: graph.input("noise", [batch, model.latents]), trainCount: 1000)
    inputs = ["items": items, "noise": noise]
    parameters = weights(graph.parameterLeaves)
  }

  func values(_ tensors: [Tensor]) -> [[Double]] {
    NaiveTwin.evaluate(tensors, inputs: inputs, parameters: parameters)
  }

  /// The values as the executor of the processor computes them, by name.
  func valuesOnProcessor(_ tensors: [(String, Tensor)]) throws -> [String: [Double]] {
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    for (name, values) in parameters { _ = store.values(name).update(fromContentsOf: values.map(Float.init)) }
    let outputs = tensors.map { (name: $0.0, tensor: $0.1) }
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: outputs), parameters: store)
    for (name, values) in inputs { _ = executable.input(name).update(fromContentsOf: values.map(Float.init)) }
    executable.run(seed: 0, step: 0)
    return Dictionary(uniqueKeysWithValues: tensors.map { ($0.0, executable.output($0.0).map(Double.init)) })
  }

  func loss(_ method: some Method) -> Double { values([method.objective(pass)])[0][0] }

  func rates() -> [Double] { values([pass.rates])[0] }
}
