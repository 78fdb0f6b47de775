import Execution
import Foundation
import NaiveTwin
import Networks
import Tensors
import Testing

/// Agreement with PyTorch, layer by layer: values, gradients and what becomes of states.
@Suite struct LayerReferenceTests {
  /// A layer of the fixture, which has the same name there.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let input: Shape
    let isTraining: Bool
    let layer: @Sendable (Tensor) -> Tensor

    init(
      _ name: String, _ input: Shape, isTraining: Bool = true, layer: @escaping @Sendable (Tensor) -> Tensor
    ) {
      (description, self.input, self.isTraining, self.layer) = (name, input, isTraining, layer)
    }
  }

  static let cases: [Case] = [
    Case("average pool", [2, 3, 5, 6]) { $0.averagePooled(3, ConvolutionGeometry(stride: 1, padding: 1)) },
    Case("batch norm of features", [6, 5]) { BatchNorm("layer", channels: 5)($0) },
    Case("batch norm of images", [4, 3, 2, 3]) { BatchNorm("layer", channels: 3, leakySlope: 0.2)($0) },
    Case("batch norm of sixteen channels", [3, 16, 2, 3]) { BatchNorm("layer", channels: 16, leakySlope: 0)($0) },
    Case("batch norm, not training", [4, 3, 2, 3], isTraining: false) {
      BatchNorm("layer", channels: 3, leakySlope: 0.2)($0)
    },
    Case("cross-entropy", [2, 5, 7]) { x in
      let targets = [0, 3, 1, 4, 2, 0, 3, 1, 4, 2, 0, 3, 1, 4].map { x.graph.constant($0, [1]) }
      return x.crossEntropy(with: Tensor.concatenate(targets, axis: 0).reshaped([2, 7]))
    },
    Case("maximum pool", [2, 3, 7, 8]) { $0.maximumPooled(3, ConvolutionGeometry(stride: 2, padding: 0)) },
    Case("residual block", [2, 3, 4, 5]) { ResidualBlock("layer", 3, 4, convention: .pytorch())($0) },
    Case("residual map", [3, 5]) { ResidualMap("layer", 5, 4)($0) },
    Case("same convolution", [2, 2, 6, 6]) { x in
      let weights = x.graph.input("weights", [3, 2, 3, 3])
      return x.convolved(with: weights, .same(size: 6, kernel: 3, stride: 2))
    },
    Case("same transposed convolution", [2, 2, 4, 4]) { x in
      let weights = x.graph.input("weights", [2, 3, 5, 5])
      return x.transposedConvolved(with: weights, .same(size: 8, kernel: 5, stride: 2), height: 8, width: 8)
    },
    Case("spectral convolution", [2, 2, 4, 5]) {
      Conv2D("layer", 2, 3, kernel: 3, stride: 1, padding: .symmetric(1), normalization: .spectral)($0)
    },
    Case("spectral map", [3, 7]) { Linear("layer", 7, 4, normalization: .spectral)($0) },
    Case("up-sampling", [2, 3, 3, 4]) { UpsamplePadded()($0) },
  ]

  @Test func `every case of the fixture is tested`() throws {
    #expect(Self.cases.map(\.description) == (try Self.reference().keys.sorted()))
  }

  @Test(arguments: cases)
  func `what a layer means is what PyTorch computes`(entry: Case) throws {
    let trace = Trace(entry)
    let values = NaiveTwin.evaluate(trace.results.map(\.tensor), at: trace.point)
    // The fixture has twelve digits; float32 holds the layers' constants, such as ε, to seven.
    try expectAgreement(of: values, trace, entry, tolerance: 1e-7)
  }

  @Test(arguments: cases)
  func `what the processor computes is what PyTorch computes, to single precision`(entry: Case) throws {
    let trace = Trace(entry)
    let store = ParameterStore()
    store.add(parametersOf: trace.graph, seed: 0)
    for (name, values) in trace.point.parameters {
      _ = store.values(name).update(fromContentsOf: values.map(Float.init))
    }
    let executable = try CPUExecutor().compile(Program(graph: trace.graph, outputs: trace.results), parameters: store)
    for (name, values) in trace.point.inputs {
      _ = executable.input(name).update(fromContentsOf: values.map(Float.init))
    }
    executable.run(seed: 0, step: 0)
    let values = trace.results.map { executable.output($0.name).map(Double.init) }
    try expectAgreement(of: values, trace, entry, tolerance: 5e-6)
    for (state, value) in trace.graph.assignments {
      let leaf = try #require(state.node.operation as? Tensors.Parameter)
      let index = try #require(trace.results.firstIndex { $0.tensor.index == value.index })
      #expect(store.values(leaf.name).map(Double.init) == values[index], "\(leaf.name) is not kept")
    }
  }

  private func expectAgreement(of values: [[Double]], _ trace: Trace, _ entry: Case, tolerance: Double) throws {
    let expected = try #require(try Self.reference()[entry.description])
    #expect(trace.results.map(\.name).sorted() == expected.keys.sorted())
    for (result, numbers) in zip(trace.results, values) {
      let theirs = try #require(expected[result.name])
      let scale = theirs.map(abs).reduce(1, max)
      #expect(numbers.count == theirs.count)
      let difference = zip(numbers, theirs).map { abs($0 - $1) }.max() ?? 0
      #expect(difference <= tolerance * scale, "\(result.name)")
    }
  }

  private static func reference() throws -> [String: [String: [Double]]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/layers.json"))
    return try JSONDecoder().decode([String: [String: [Double]]].self, from: data)
  }
}

/// A layer in a graph, at the waves that the fixture's script has it at.
private struct Trace {
  let graph: Graph
  let point: Point
  /// The layer's result, its gradients and the new states, named as in the fixture.
  let results: [(name: String, tensor: Tensor)]

  init(_ entry: LayerReferenceTests.Case) {
    graph = Graph(isTraining: entry.isTraining)
    let x = graph.input("x", entry.input)
    let y = entry.layer(x)
    let loss = (y * graph.input("gradient", y.shape)).sum()
    let gradients = graph.gradients(of: loss, withRespectTo: [x] + graph.trainedParameters)
    let names = ["x"] + graph.trainedParameters.map(Self.name)
    results =
      [(name: "y", tensor: y)] + zip(names, gradients).map { (name: $0, tensor: $1) }
      + graph.assignments.map { (name: Self.name(of: $0.state), tensor: $0.value) }
    var point = Point(inputs: ["x": wave(x.shape.count, 0.25), "gradient": wave(y.shape.count, 0.5)])
    for node in graph.nodes {
      guard let input = node.operation as? Input, input.name == "weights" else { continue }
      point.inputs["weights"] = wave(input.shape.count, 0.75)
    }
    for leaf in graph.parameters {
      let offset = Self.name(of: leaf).hasSuffix("running_var") ? 1.5 : 0
      point.parameters[Self.name(of: leaf)] = wave(leaf.shape.count, 0.75).map { offset + $0 }
    }
    self.point = point
  }

  private static func name(of leaf: Tensor) -> String {
    (leaf.node.operation as? Tensors.Parameter)?.name ?? "\(leaf.node.operation)"
  }
}

private func wave(_ count: Int, _ phase: Double) -> [Double] {
  (0..<count).map { index in
    let x = Double(index)
    return sin(phase + 0.7 * x + 0.001 * x * x)
  }
}
