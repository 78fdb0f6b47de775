import Execution
import NaiveTwin
import Tensors
import Testing

/// The layers of the papers' networks, at their channels and kernels but smaller batches and images.
@Suite struct LayerAgreementTests {
  /// A convolution `inputs → outputs` of images `size` × `size`.
  struct Layer: Sendable, CustomStringConvertible {
    let inputs: Int
    let outputs: Int
    let size: Int
    let kernel: Int
    let stride: Int
    /// `nil` is TensorFlow's "SAME".
    let padding: Int?
    var transposed = false

    var geometry: ConvolutionGeometry {
      padding.map { ConvolutionGeometry(stride: stride, padding: $0) }
        ?? .same(size: transposed ? size * stride : size, kernel: kernel, stride: stride)
    }
    var enlarged: Int { padding == nil ? size * stride : geometry.vertical.enlarged(size, kernel: kernel) }

    var description: String {
      "\(transposed ? "T" : "")\(inputs)→\(outputs) of \(kernel)×\(kernel) / \(stride), padding \(padding.map(String.init) ?? "same"), on \(size)"
    }
  }

  static let layers: [Layer] = [
    Layer(inputs: 1, outputs: 32, size: 8, kernel: 4, stride: 2, padding: 1),
    Layer(inputs: 1, outputs: 64, size: 9, kernel: 4, stride: 2, padding: 1),
    Layer(inputs: 3, outputs: 32, size: 8, kernel: 3, stride: 1, padding: 1),
    Layer(inputs: 3, outputs: 32, size: 9, kernel: 5, stride: 2, padding: 2),
    Layer(inputs: 16, outputs: 32, size: 5, kernel: 3, stride: 1, padding: 0),
    Layer(inputs: 32, outputs: 16, size: 6, kernel: 4, stride: 2, padding: 1),
    Layer(inputs: 32, outputs: 48, size: 4, kernel: 4, stride: 1, padding: 0),
    Layer(inputs: 32, outputs: 3, size: 5, kernel: 3, stride: 1, padding: 1),
    Layer(inputs: 16, outputs: 20, size: 5, kernel: 3, stride: 2, padding: 1),
    Layer(inputs: 3, outputs: 20, size: 3, kernel: 3, stride: 1, padding: 0),
    Layer(inputs: 16, outputs: 6, size: 4, kernel: 4, stride: 2, padding: 0),
    Layer(inputs: 16, outputs: 5, size: 1, kernel: 3, stride: 1, padding: 0, transposed: true),
    Layer(inputs: 32, outputs: 32, size: 5, kernel: 3, stride: 1, padding: 0, transposed: true),
    Layer(inputs: 32, outputs: 16, size: 4, kernel: 4, stride: 2, padding: 1, transposed: true),
    Layer(inputs: 32, outputs: 1, size: 5, kernel: 4, stride: 2, padding: 1, transposed: true),
    Layer(inputs: 32, outputs: 3, size: 4, kernel: 4, stride: 2, padding: 1, transposed: true),
    Layer(inputs: 48, outputs: 32, size: 1, kernel: 4, stride: 1, padding: 0, transposed: true),
    Layer(inputs: 32, outputs: 16, size: 4, kernel: 6, stride: 2, padding: 2, transposed: true),
    Layer(inputs: 16, outputs: 1, size: 4, kernel: 6, stride: 2, padding: 2, transposed: true),
    Layer(inputs: 32, outputs: 3, size: 6, kernel: 3, stride: 1, padding: 0),
    Layer(inputs: 16, outputs: 1, size: 7, kernel: 5, stride: 1, padding: 2),
    Layer(inputs: 16, outputs: 4, size: 5, kernel: 3, stride: 1, padding: 2),
    Layer(inputs: 16, outputs: 3, size: 5, kernel: 3, stride: 1, padding: 2),
    Layer(inputs: 16, outputs: 1, size: 6, kernel: 3, stride: 1, padding: 0),
    Layer(inputs: 32, outputs: 3, size: 5, kernel: 1, stride: 1, padding: 0),
    Layer(inputs: 32, outputs: 3, size: 6, kernel: 4, stride: 1, padding: nil),
    Layer(inputs: 32, outputs: 3, size: 7, kernel: 4, stride: 2, padding: 1),
    Layer(inputs: 3, outputs: 32, size: 5, kernel: 3, stride: 1, padding: 1, transposed: true),
    Layer(inputs: 1, outputs: 32, size: 8, kernel: 5, stride: 2, padding: nil),
    Layer(inputs: 3, outputs: 32, size: 7, kernel: 4, stride: 1, padding: nil),
    Layer(inputs: 16, outputs: 32, size: 8, kernel: 3, stride: 2, padding: nil),
    Layer(inputs: 32, outputs: 16, size: 8, kernel: 5, stride: 2, padding: nil),
    Layer(inputs: 32, outputs: 16, size: 7, kernel: 5, stride: 2, padding: nil),
    Layer(inputs: 16, outputs: 32, size: 6, kernel: 6, stride: 2, padding: nil),
    Layer(inputs: 16, outputs: 16, size: 5, kernel: 4, stride: 1, padding: nil),
    Layer(inputs: 32, outputs: 16, size: 4, kernel: 5, stride: 2, padding: nil, transposed: true),
    Layer(inputs: 32, outputs: 16, size: 4, kernel: 3, stride: 2, padding: nil, transposed: true),
    Layer(inputs: 32, outputs: 3, size: 4, kernel: 5, stride: 2, padding: nil, transposed: true),
    Layer(inputs: 32, outputs: 1, size: 4, kernel: 3, stride: 2, padding: nil, transposed: true),
    Layer(inputs: 32, outputs: 3, size: 5, kernel: 4, stride: 1, padding: nil, transposed: true),
  ]

  @Test(arguments: layers)
  func `a layer with its bias and activation agrees with the twin, and so do its gradients`(layer: Layer) throws {
    let graph = Graph()
    let x = graph.input("x", [2, layer.inputs, layer.size, layer.size])
    let sides = layer.transposed ? (layer.inputs, layer.outputs) : (layer.outputs, layer.inputs)
    let fanIn = layer.inputs * layer.kernel * layer.kernel
    let weights = graph.parameter("w", [sides.0, sides.1, layer.kernel, layer.kernel], .uniform(fanIn: fanIn))
    let bias = graph.parameter("b", [layer.outputs], .uniform(fanIn: fanIn))
    let before =
      layer.transposed
      ? x.transposedConvolved(with: weights, layer.geometry, height: layer.enlarged, width: layer.enlarged)
      : x.convolved(with: weights, layer.geometry)
    let y = before.addingChannelBias(bias).leakyReLU(slope: 0.2)
    let loss = (y * graph.input("g", y.shape)).sum()
    let outputs = [y, loss] + graph.gradients(of: loss, withRespectTo: [x, weights, bias])
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let generator = Generator(seed: 2)
    let inputs = ["x": x.shape, "g": y.shape].mapValues { generator.normals($0.count).map(Double.init) }
    let point = Point(inputs: inputs, parametersOf: store)
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: store)
    expectAgreement(
      values, NaiveTwin.evaluate(outputs, at: point),
      of: ["value", "loss", "gradient of x", "gradient of the weights", "gradient of the bias"])
  }

  @Test func `a value between two convolutions may be read by anything else too`() throws {
    let graph = Graph()
    let geometry = ConvolutionGeometry(stride: 1, padding: 1)
    let weights = graph.parameter("w", [16, 16, 3, 3], .uniform(fanIn: 144))
    let x = graph.input("x", [2, 16, 4, 4])
    let middle = x.convolved(with: weights, geometry)
    let end = middle.relu.convolved(with: weights, geometry)
    let outputs = [
      middle, end, middle.sum(along: [0, 2, 3]), middle.flattened.sum(along: [1]),
      middle.slice(axis: 1, 3..<9), middle * graph.input("scale", [16, 1, 1]), middle.maximum(along: [1]),
      Tensor.concatenate([middle, end], axis: 1).convolved(
        with: graph.parameter("v", [3, 32, 1, 1], .uniform(fanIn: 32)), ConvolutionGeometry(stride: 1, padding: 0)),
    ]
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let generator = Generator(seed: 2)
    let inputs = ["x": 512, "scale": 16].mapValues { generator.normals($0).map(Double.init) }
    let point = Point(inputs: inputs, parametersOf: store)
    expectAgreement(
      try CPUExecutor().evaluate(outputs, at: point, parameters: store), NaiveTwin.evaluate(outputs, at: point))
  }
}
