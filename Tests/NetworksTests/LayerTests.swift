import NaiveTwin
import Networks
import Tensors
import Testing

@Suite struct LayerTests {
  @Test func `a linear layer multiplies by its weights, outputs by inputs, and adds its bias`() {
    let graph = Graph()
    let y = Linear("map", 3, 2)(graph.input("x", [2, 3]))
    let values = NaiveTwin.evaluate(
      [y], inputs: ["x": [1, 2, 3, -1, 0, 1]],
      parameters: ["map.weight": [1, 10, 100, 2, 20, 200], "map.bias": [0.5, -0.5]])
    #expect(values == [[321.5, 641.5, 99.5, 197.5]])
  }

  @Test func `a convolution of ones counts the pixels under its kernel and adds its bias`() {
    let graph = Graph()
    let y = Conv2D("map", 1, 1, kernel: 3, stride: 1, padding: 1)(graph.input("x", [1, 1, 3, 3]))
    let values = NaiveTwin.evaluate(
      [y], inputs: ["x": ones(9)], parameters: ["map.weight": ones(9), "map.bias": [0.25]])
    #expect(values == [[4, 6, 4, 6, 9, 6, 4, 6, 4].map { $0 + 0.25 }])
  }

  @Test func `a transposed convolution spreads each pixel over its kernel and adds its bias`() {
    let graph = Graph()
    let y = ConvTranspose2D("map", 1, 2, kernel: 2, stride: 2, padding: 0)(graph.input("x", [1, 1, 1, 2]))
    let values = NaiveTwin.evaluate(
      [y], inputs: ["x": [1, 10]],
      parameters: ["map.weight": [1, 2, 3, 4, 5, 6, 7, 8], "map.bias": [0, 0.5]])
    #expect(y.shape == [1, 2, 2, 4])
    #expect(values == [[1, 2, 10, 20, 3, 4, 30, 40, 5.5, 6.5, 50.5, 60.5, 7.5, 8.5, 70.5, 80.5]])
  }

  @Test func `parameters have the shapes and the fan-in that PyTorch gives them`() {
    let graph = Graph()
    _ = Linear("linear", 3, 2)(graph.input("points", [1, 3]))
    _ = Conv2D("convolution", 3, 5, kernel: 4, stride: 2, padding: 1)(graph.input("images", [1, 3, 8, 8]))
    _ = ConvTranspose2D("transposed", 3, 5, kernel: 4, stride: 2, padding: 1)(graph.input("maps", [1, 3, 8, 8]))
    let expected = [
      Parameter("linear.weight", [2, 3], fanIn: 3), Parameter("linear.bias", [2], fanIn: 3),
      Parameter("convolution.weight", [5, 3, 4, 4], fanIn: 48), Parameter("convolution.bias", [5], fanIn: 48),
      Parameter("transposed.weight", [3, 5, 4, 4], fanIn: 80), Parameter("transposed.bias", [5], fanIn: 80),
    ]
    #expect(graph.parameters.compactMap { Parameter($0) } == expected)
  }

  @Test func `a layer that is traced twice uses the same parameters`() {
    let (graph, layer) = (Graph(), Linear("map", 2, 2))
    let y = layer(layer(graph.input("x", [1, 2])))
    let values = NaiveTwin.evaluate(
      [y], inputs: ["x": [3, 5]], parameters: ["map.weight": [0, 2, 1, 0], "map.bias": [0, 1]])
    #expect(graph.parameters.count == 2)
    #expect(values == [[8, 11]])
  }

  @Test func `a view undoes a flattening`() {
    let graph = Graph()
    let x = graph.input("x", [2, 1, 2, 2])
    let y = Sequential([Flatten(), View([1, 2, 2])])(x)
    #expect(Flatten()(x).shape == [2, 4])
    #expect(y.shape == x.shape)
    #expect(NaiveTwin.evaluate([y], inputs: ["x": [1, 2, 3, 4, 5, 6, 7, 8]]) == [[1, 2, 3, 4, 5, 6, 7, 8]])
  }

  @Test(arguments: [0, 0.25, 1] as [Float])
  func `a leaky ReLU keeps what is positive and scales the rest by its slope`(slope: Float) {
    let graph = Graph()
    let y = LeakyReLU(slope: slope)(graph.input("x", [3]))
    #expect(NaiveTwin.evaluate([y], inputs: ["x": [-4, 0, 4]]) == [[-4 * Double(slope), 0, 4]])
  }

  private func ones(_ count: Int) -> [Double] { Array(repeating: 1, count: count) }
}

/// What a trace says of one parameter.
struct Parameter: Equatable {
  let name: String
  let shape: Shape
  let initializer: Initializer

  init(_ name: String, _ shape: Shape, fanIn: Int) {
    self.name = name
    self.shape = shape
    initializer = .uniform(fanIn: fanIn)
  }

  init?(_ tensor: Tensor) {
    guard let leaf = tensor.node.operation as? Tensors.Parameter else { return nil }
    name = leaf.name
    shape = leaf.shape
    initializer = leaf.initializer
  }
}
