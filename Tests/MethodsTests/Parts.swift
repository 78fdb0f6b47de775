import Distributions
import Execution
import Experiments
import Methods
import NaiveTwin
import Tensors

/// The parts of a batch of four, without networks: posteriors, noise and weights by formula.
struct Parts {
  static let (batch, reconstruction, iteration) = (4, 3.5, 137)

  let graph = Graph()
  let pass: ForwardPass
  let mean: Tensor
  let logVariance: Tensor
  private let inputs: [String: [Double]]

  /// - Parameters:
  ///   - prior: what the pass says its prior is.
  ///   - rates: of the posteriors; the prior's own where nothing else is said.
  init(
    _ prior: any Prior, rates: ((_ mean: Tensor, _ logVariance: Tensor, _ codes: Tensor) -> Tensor)? = nil
  ) {
    let (shape, count) = ([Self.batch, prior.latents] as Shape, Self.batch * prior.latents)
    mean = graph.input("mean", shape)
    logVariance = graph.input("log-variance", shape)
    let codes = mean + graph.input("noise", shape) * (logVariance * 0.5).exp
    let rate = rates ?? { prior.rate(mean: $0, logVariance: $1, sample: $2) }
    pass = ForwardPass(
      batch: Self.batch, trainCount: 10, reconstruction: graph.constant(Float(Self.reconstruction)),
      rates: rate(mean, logVariance, codes), codes: codes, mean: mean, logVariance: logVariance, prior: prior)
    inputs = [
      "mean": wave(count, phase: 0.25), "log-variance": wave(count, phase: 0.5).map { 0.5 * $0 },
      "noise": wave(count, phase: 0.75).map { 1.5 * $0 },
    ]
  }

  /// The values in double precision, in iteration 137 of seed 0.
  func values(_ tensors: [Tensor], weights: ([Parameter]) -> [String: [Double]] = waves) -> [[Double]] {
    NaiveTwin.evaluate(
      tensors, inputs: inputs, parameters: weights(graph.parameterLeaves), seed: 0, step: UInt64(Self.iteration - 1))
  }

  /// The values as the processor computes them, for networks that are too large for the twin.
  func valuesOnProcessor(
    _ tensors: [Tensor], weights: ([Parameter]) -> [String: [Double]] = waves
  ) throws -> [[Double]] {
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    for (name, values) in weights(graph.parameterLeaves) {
      _ = store.values(name).update(fromContentsOf: values.map(Float.init))
    }
    let outputs = tensors.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    // What nothing reads is no input of a program; put out, each is read.
    let leaves = inputs.keys.sorted().map { (name: $0, tensor: graph.input($0, mean.shape)) }
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: outputs + leaves), parameters: store)
    for (name, values) in inputs { _ = executable.input(name).update(fromContentsOf: values.map(Float.init)) }
    executable.run(seed: 0, step: UInt64(Self.iteration - 1))
    return outputs.map { executable.output($0.name).map(Double.init) }
  }
}

/// All parameters zero.
func zeros(for parameters: [Parameter]) -> [String: [Double]] {
  Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, Array(repeating: 0, count: $0.shape.count)) })
}
