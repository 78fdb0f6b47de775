import Foundation
import NaiveTwin
import Networks
import Tensors
import Testing

@Suite struct ArchitectureTests {
  static let names = NetworkCatalog.all.map { $0.card.name }

  @Test func `the catalog is in order of name, and each name leads to its network`() {
    #expect(Self.names == Self.names.sorted())
    #expect(Set(Self.names).count == Self.names.count)
    #expect(Self.names.allSatisfy { NetworkCatalog.network(named: $0)?.card.name == $0 })
    #expect(NetworkCatalog.network(named: "none") == nil)
  }

  @Test(arguments: names, [1, 2, 7])
  func `an encoder gives two numbers a latent, a decoder gives back an item`(name: String, latents: Int) throws {
    let network = try #require(NetworkCatalog.network(named: name))
    let items = Graph().input("items", Shape([3] + network.itemShape.dimensions))
    let codes = Graph().input("codes", [3, latents])
    #expect(network.encoder(latents: latents, leakySlope: 0.01)(items).shape == [3, 2 * latents])
    #expect(network.decoder(latents: latents, leakySlope: 0.01)(codes).shape == items.shape)
  }

  @Test(arguments: names)
  func `every layer has parameters of its own, named after its half`(name: String) throws {
    let network = try #require(NetworkCatalog.network(named: name))
    let graph = Graph()
    let head = network.encoder(latents: 2, leakySlope: 0.01)(
      graph.input("items", Shape([1] + network.itemShape.dimensions)))
    let encoderNames = Self.parameters(graph)
    _ = network.decoder(latents: 2, leakySlope: 0.01)(head.slice(axis: 1, 0..<2))
    let decoderNames = Self.parameters(graph).dropFirst(encoderNames.count)
    #expect(encoderNames.allSatisfy { $0.hasPrefix("encoder.") })
    #expect(decoderNames.allSatisfy { $0.hasPrefix("decoder.") })
    // Two layers of one name would both read one bias.
    let readers = graph.nodes.flatMap(\.inputs)
    for tensor in graph.trainedParameters where Parameter(tensor)?.name.hasSuffix(".bias") == true {
      #expect(readers.filter { $0 == tensor.index }.count == 1)
    }
    let biases = graph.trainedParameters.filter { Parameter($0)?.name.hasSuffix(".bias") == true }
    #expect(graph.trainedParameters.count == 2 * biases.count)
  }

  @Test func `dpVAE's MNIST network has the sizes of its code, layer after layer`() {
    let (network, graph) = (DPVAEMNISTNetwork(), Graph())
    let encoder = Self.shapes(network.encoder(latents: 2, leakySlope: 0.01), graph.input("items", [5, 1, 28, 28]))
    let decoder = Self.shapes(network.decoder(latents: 2, leakySlope: 0.01), graph.input("codes", [5, 2]))
    #expect(
      encoder == [
        [5, 32, 14, 14], [5, 32, 12, 12], [5, 32, 6, 6], [5, 32, 4, 4], [5, 512], [5, 256], [5, 256], [5, 4],
      ])
    #expect(
      decoder == [
        [5, 256], [5, 256], [5, 512], [5, 32, 4, 4], [5, 32, 6, 6], [5, 32, 12, 12], [5, 32, 14, 14], [5, 1, 28, 28],
      ])
  }

  @Test func `dpVAE's MNIST network ends each layer but the heads in a ReLU`() {
    let network = DPVAEMNISTNetwork()
    for half in [network.encoder(latents: 2, leakySlope: 1), network.decoder(latents: 2, leakySlope: 1)] {
      let activations = half.layers.compactMap { $0 as? LeakyReLU }
      let affine = half.layers.filter { $0 is Linear || $0 is Conv2D || $0 is ConvTranspose2D }
      #expect(activations.allSatisfy { $0.slope == 0 })
      #expect(activations.count == affine.count - 1)
      #expect(!(half.layers.last is LeakyReLU))
    }
  }

  @Test func `the two-moons network has the widths of the paper`() {
    let (network, graph) = (TwoMoonsNetwork(), Graph())
    let encoder = Self.shapes(network.encoder(latents: 2, leakySlope: 0.01), graph.input("items", [5, 2]))
    let decoder = Self.shapes(network.decoder(latents: 2, leakySlope: 0.01), graph.input("codes", [5, 2]))
    #expect(encoder == [[5, 100], [5, 50], [5, 4]])
    #expect(decoder == [[5, 50], [5, 100], [5, 2]])
  }

  @Test(arguments: [(1, true), (0.01, false)] as [(Float, Bool)])
  func `a leaky slope of one makes the two-moons network an affine map, another does not`(
    slope: Float, isAffine: Bool
  ) {
    let graph = Graph()
    let head = TwoMoonsNetwork().encoder(latents: 2, leakySlope: slope)(graph.input("items", [3, 2]))
    // The third point is the sum of the first two, so an affine f has f(a + b) − f(a) − f(b) = −f(0); with no bias, 0.
    let weights = Dictionary(
      uniqueKeysWithValues: graph.parameters.compactMap { Parameter($0) }.map { parameter in
        let isBias = parameter.name.hasSuffix(".bias")
        return (parameter.name, (0..<parameter.shape.count).map { isBias ? 0 : sin(Double($0 * $0)) })
      })
    let values = NaiveTwin.evaluate([head], inputs: ["items": [1, -2, -3, 1, -2, -1]], parameters: weights)[0]
    let defects = (0..<4).map { (index: Int) -> Double in
      let parts = values[index] + values[4 + index]
      return abs(values[8 + index] - parts)
    }
    // Sums of 100 terms of size 1 in Double: errors near 1e-12.
    #expect((defects.reduce(0, +) < 1e-9) == isAffine)
  }

  /// The shapes after each layer where they change, the first layer's included.
  private static func shapes(_ network: Sequential, _ input: Tensor) -> [Shape] {
    var (x, shapes) = (input, [Shape]())
    for layer in network.layers {
      x = layer(x)
      if !(layer is LeakyReLU) { shapes.append(x.shape) }
    }
    return shapes
  }

  private static func parameters(_ graph: Graph) -> [String] {
    graph.parameters.compactMap { Parameter($0)?.name }
  }
}
