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
      noise: graph.input("noise", [batch, model.latents]))
    inputs = ["items": items, "noise": noise]
    parameters = weights(graph.parameterLeaves)
  }

  func values(_ tensors: [Tensor]) -> [[Double]] {
    NaiveTwin.evaluate(tensors, inputs: inputs, parameters: parameters)
  }

  func loss(_ method: some Method) -> Double { values([method.objective(pass)])[0][0] }

  func rates() -> [Double] { values([pass.rates])[0] }
}
