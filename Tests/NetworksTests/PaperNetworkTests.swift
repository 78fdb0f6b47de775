import Execution
import Foundation
import NaiveTwin
import Networks
import Tensors
import Testing

/// The papers' networks, layer after layer.
@Suite struct PaperNetworkTests {
  @Test func `dpVAE's network for FactorVAE narrows to one pixel and widens again`() {
    let network = DPVAEFactorNetwork()
    #expect(
      network.encoderShapes(latents: 2) == [
        [5, 32, 14, 14], [5, 64, 12, 12], [5, 64, 6, 6], [5, 256, 4, 4], [5, 256, 1, 1], [5, 256], [5, 4],
      ])
    #expect(
      network.decoderShapes(latents: 2) == [
        [5, 256], [5, 256, 1, 1], [5, 256, 4, 4], [5, 64, 6, 6], [5, 64, 12, 12], [5, 32, 14, 14], [5, 1, 28, 28],
      ])
  }

  @Test func `dpVAE's network for SVHN normalises each of its eight convolutions and none of its decoder`() {
    let network = DPVAESVHNNetwork()
    let sizes = [16, 16, 8, 8, 6, 6, 4, 4]
    #expect(
      network.encoderShapes(latents: 20) == sizes.flatMap { [[5, 32, $0, $0], [5, 32, $0, $0]] } + [
        [5, 512], [5, 40],
      ])
    #expect(
      network.decoderShapes(latents: 20) == [
        [5, 512], [5, 32, 4, 4], [5, 32, 6, 6], [5, 32, 6, 6], [5, 32, 8, 8], [5, 32, 8, 8], [5, 32, 16, 16],
        [5, 32, 16, 16], [5, 32, 32, 32], [5, 3, 32, 32],
      ])
    let normalizations = network.encoder(latents: 20, leakySlope: 0.01).layers.compactMap { $0 as? BatchNorm }
    #expect(normalizations.count == 8)
    #expect(normalizations.allSatisfy { $0.leakySlope == 0 && $0.convention == .pytorch() })
    #expect(!network.decoder(latents: 20, leakySlope: 0.01).layers.contains { $0 is BatchNorm })
  }

  @Test func `dpVAE's network for CelebA enlarges its images before each of the decoder's convolutions`() {
    let network = DPVAECelebANetwork()
    let encoder = [(32, 32), (64, 16), (128, 8), (256, 4), (256, 2)].flatMap { (channels, side) -> [Shape] in
      [[5, channels, side, side], [5, channels, side, side]]
    }
    #expect(network.encoderShapes(latents: 32) == encoder + [[5, 1024], [5, 64]])
    let channels = [256, 256, 128, 64, 32, 3]
    let decoder = (0..<5).flatMap { (index: Int) -> [Shape] in
      let side = 4 << index
      let convolved: Shape = [5, channels[index + 1], side, side]
      return [[5, channels[index], side + 2, side + 2], convolved] + (index < 4 ? [convolved] : [])
    }
    #expect(network.decoderShapes(latents: 32) == [[5, 1024], [5, 256, 2, 2]] + decoder)
    let layers =
      network.encoder(latents: 32, leakySlope: 0.3).layers + network.decoder(latents: 32, leakySlope: 0.3).layers
    let normalizations = layers.compactMap { $0 as? BatchNorm }
    #expect(normalizations.map(\.leakySlope) == Array(repeating: 0.3, count: 9))
    #expect(normalizations.suffix(4).allSatisfy { $0.convention == .pytorch(epsilon: 1e-3) })
  }

  @Test(arguments: [(28, 1), (32, 3), (64, 3)])
  func `the neutral network has InfoGAN's sizes at every side`(side: Int, channels: Int) {
    let network = NeutralNetwork(side: side, channels: channels)
    let (half, quarter) = (side / 2, side / 4)
    let features = 128 * quarter * quarter
    #expect(
      network.encoderShapes(latents: 64) == [
        [5, 64, half, half], [5, 128, quarter, quarter], [5, 128, quarter, quarter], [5, features], [5, 1024],
        [5, 1024], [5, 128], [5, 128],
      ])
    #expect(
      network.decoderShapes(latents: 64) == [
        [5, 1024], [5, 1024], [5, features], [5, features], [5, 128, quarter, quarter], [5, 64, half, half],
        [5, 64, half, half], [5, channels, side, side],
      ])
    #expect(network.outputActivation == .sigmoid)
  }

  @Test func `the neutral network's encoder is normalised by its largest singular values, its decoder is not`() {
    let (network, graph) = (NeutralNetwork(side: 28, channels: 1), Graph(isTraining: true))
    _ = network.encoder(latents: 64, leakySlope: 0)(graph.input("items", [5, 1, 28, 28]))
    let vectors = graph.parameters.compactMap { Parameter($0)?.name }.filter { $0.hasSuffix(".weight_u") }
    #expect(
      vectors == ["convolution1", "convolution2", "linear1", "head"].map { "encoder.\($0).weight_u" })
    let before = graph.parameters.count
    _ = network.decoder(latents: 64, leakySlope: 0)(graph.input("codes", [5, 64]))
    let names = graph.parameters.dropFirst(before).compactMap { Parameter($0)?.name }
    #expect(!names.contains { $0.hasSuffix(".weight_u") })
    let plain = Graph(isTraining: true)
    _ = NeutralNetwork(side: 28, channels: 1, hasSpectralNorm: false).encoder(latents: 64, leakySlope: 0)(
      plain.input("items", [5, 1, 28, 28]))
    #expect(!plain.parameters.compactMap { Parameter($0)?.name }.contains { $0.hasSuffix(".weight_u") })
  }

  @Test func `the neutral network's deviations are softplus of the head's second half, never below a millionth`() {
    let graph = Graph()
    let layer = NeutralNetwork(side: 28, channels: 1).encoder(latents: 2, leakySlope: 0).layers.last
    let head = layer.map { $0(graph.input("head", [1, 4])) }
    let values = head.map { NaiveTwin.evaluate([$0], inputs: ["head": [3, -4, 0, -200]])[0] } ?? []
    #expect(Array(values.prefix(2)) == [3, -4])
    // 2 log(log 2) and 2 log 10⁻⁶, where 10⁻⁶ is a float.
    #expect(abs(values[2] - 2 * log(log(2) + 1e-6)) < 1e-6)
    #expect(abs(values[3] - 2 * log(1e-6)) < 1e-6)
  }

  @Test(arguments: [(28, 1), (28, 3), (32, 3)])
  func `σ-VAE's network has the sizes of its code`(side: Int, channels: Int) {
    let network = SigmaVAENetwork(side: side, channels: channels)
    let (half, quarter) = (side / 2, side / 4)
    let features = 128 * quarter * quarter
    #expect(
      network.encoderShapes(latents: 20) == [
        [5, 32, side, side], [5, 64, half, half], [5, 128, quarter, quarter], [5, features], [5, 40],
      ])
    #expect(
      network.decoderShapes(latents: 20) == [
        [5, features], [5, 128, quarter, quarter], [5, 64, half, half], [5, 32, side, side],
        [5, channels, side, side],
      ])
    #expect(network.outputActivation == .sigmoid)
  }

  @Test func `the second stage's heads see the input beside three layers of 1024`() {
    let (network, graph) = (SecondStageNetwork(), Graph())
    _ = network.encoder(latents: 64, leakySlope: 0)(graph.input("codes", [5, 64]))
    _ = network.decoder(latents: 64, leakySlope: 0)(graph.input("deeper", [5, 64]))
    #expect(network.encoderShapes(latents: 64) == [[5, 1088], [5, 128]])
    #expect(network.decoderShapes(latents: 64) == [[5, 1088], [5, 64]])
    #expect(
      graph.weightShapes == [
        [1024, 64], [1024, 1024], [1024, 1024], [64, 1088], [64, 1088], [1024, 64], [1024, 1024], [1024, 1024],
        [64, 1088],
      ])
  }

  @Test func `Two-Stage VAE's network for WAE keeps the size in its first convolution and widens to 1024 channels`() {
    let network = WideNetwork()
    let images: [Shape] = [[5, 128, 64, 64], [5, 256, 32, 32], [5, 512, 16, 16], [5, 1024, 8, 8]]
    #expect(network.encoderShapes(latents: 64) == images.flatMap { [$0, $0] } + [[5, 65536], [5, 128]])
    let widened: [Shape] = [[5, 512, 16, 16], [5, 256, 32, 32], [5, 128, 64, 64]]
    #expect(
      network.decoderShapes(latents: 64) == [[5, 65536], [5, 1024, 8, 8]] + widened.flatMap { [$0, $0] } + [
        [5, 3, 64, 64]
      ])
    #expect(network.outputActivation == .sigmoid)
  }

  @Test(arguments: [(32, 3), (64, 4)])
  func `the residual network has two blocks a scale and averages what is 8 pixels wide`(side: Int, scales: Int) {
    let network = ResidualNetwork(side: side, channels: 3, scales: scales)
    let encoder = (0..<scales).flatMap { Array(repeating: Shape([5, 32 << $0, side >> $0, side >> $0]), count: 3) }
    let features = 32 << (scales - 1)
    #expect(network.encoderShapes(latents: 64) == encoder + [[5, features], [5, 512], [5, 128]])
    let sides = sequence(first: 4) { $0 < side ? 2 * $0 : nil }
    let decoder = sides.flatMap { Array(repeating: Shape([5, 32 * side / $0, $0, $0]), count: 3) }
    let first = 16 * side
    #expect(
      network.decoderShapes(latents: 64) == [[5, 4 * first], [5, first, 2, 2]] + decoder + [[5, 3, side, side]])
    let layers = network.encoder(latents: 64, leakySlope: 1).layers + network.decoder(latents: 64, leakySlope: 1).layers
    #expect(layers.compactMap { $0 as? ResidualBlock }.allSatisfy { $0.convention == .tensorFlow() })
    #expect(network.outputActivation == .sigmoid)
  }

  /// With flattened images the divergence would start above 10⁶ nats.
  @Test func `the residual network's first posteriors are of the size of the prior`() throws {
    let graph = Graph(isTraining: true)
    let network = ResidualNetwork(side: 32, channels: 3, scales: 3)
    let head = network.encoder(latents: 64, leakySlope: 0)(graph.input("items", [16, 3, 32, 32]))
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: [("head", head)]), parameters: store)
    Generator(seed: 1).fillUniform(executable.input("items"))
    executable.run(seed: 0, step: 0)
    let (values, latents) = (Array(executable.output("head")), 64)
    let divergences = (0..<16).map { item in
      (0..<latents).reduce(0) { (sum: Float, j: Int) in
        let (mean, logVariance) = (values[item * 2 * latents + j], values[(item * 2 + 1) * latents + j])
        return sum + (mean * mean + exp(logVariance) - logVariance - 1) / 2
      }
    }
    #expect(divergences.allSatisfy { $0 < 1000 }, "\(divergences)")
  }

  @Test func `heads for log σ give the log-variance after the mean`() {
    let (network, graph) = (ResidualNetwork(side: 32, channels: 3, scales: 1), Graph())
    let layer = network.encoder(latents: 1, leakySlope: 1).layers.last
    let head = layer.map { $0(graph.input("features", [1, 512])) }
    let zeros = Array(repeating: 0.0, count: 512)
    let parameters = [
      "encoder.mean.weight": zeros, "encoder.mean.bias": [3], "encoder.deviation.weight": zeros,
      "encoder.deviation.bias": [-1.5],
    ]
    let values = head.map { NaiveTwin.evaluate([$0], inputs: ["features": zeros], parameters: parameters) }
    #expect(values == [[3, -3]])
  }

  @Test func `a scope keeps the second stage's parameters apart from the first's`() {
    let graph = Graph()
    _ = SecondStageNetwork(codes: 4, scope: "second.").encoder(latents: 2, leakySlope: 0)(graph.input("codes", [1, 4]))
    #expect(graph.parameters.compactMap { Parameter($0) }.allSatisfy { $0.name.hasPrefix("second.encoder.") })
  }

  @Test func `FactorVAE's discriminator has five layers of 1000 and two logits`() {
    let (network, graph) = (FactorDiscriminator(latents: 2), Graph())
    #expect(network(graph.input("codes", [5, 2])).shape == [5, 2])
    #expect(
      graph.weightShapes == [[1000, 2]] + Array(repeating: [1000, 1000], count: 4) + [[2, 1000]])
    let activations = network.network.layers.compactMap { $0 as? LeakyReLU }
    #expect(activations.count == 5 && activations.allSatisfy { $0.slope == 0.2 })
    #expect(graph.parameters.compactMap { Parameter($0) }.allSatisfy { $0.name.hasPrefix("discriminator.") })
  }
}

extension Architecture {
  /// The shapes after each layer of the encoder but activations, for five items.
  func encoderShapes(latents: Int) -> [Shape] {
    shapes(encoder(latents: latents, leakySlope: 0.01), Graph().input("items", Shape([5] + itemShape.dimensions)))
  }

  /// The same of the decoder.
  func decoderShapes(latents: Int) -> [Shape] {
    shapes(decoder(latents: latents, leakySlope: 0.01), Graph().input("codes", [5, latents]))
  }

  private func shapes(_ network: Sequential, _ input: Tensor) -> [Shape] {
    var (x, shapes) = (input, [Shape]())
    for layer in network.layers {
      x = layer(x)
      if !(layer is LeakyReLU) { shapes.append(x.shape) }
    }
    return shapes
  }
}

extension Graph {
  fileprivate var weightShapes: [Shape] {
    parameters.compactMap { Parameter($0) }.filter { $0.name.hasSuffix(".weight") }.map(\.shape)
  }
}
