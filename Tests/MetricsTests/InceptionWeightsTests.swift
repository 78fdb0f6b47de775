import Datasets
import Foundation
import Tensors
import Testing

@testable import Metrics

@Suite struct InceptionWeightsTests {
  private let folder: WeightsFolder

  init() throws { folder = try WeightsFolder() }

  @Test func `the network has 94 convolutions and a last layer, each with names of its own`() {
    let all = InceptionLayer.all
    #expect(all.count == 95)
    #expect(Set(all.map(\.name)).count == 95)
    #expect(Set(all.map(\.portName)).count == 95)
    // 23.8 million weights: 21.8 in the convolutions, 1,008 classes of 2,048 features.
    #expect(all.map { $0.shape.reduce(1, *) }.reduce(0, +) == 23_815_520)
    #expect(all.last?.name == "softmax")
  }

  @Test func `layers come in the order of the features that need them`() {
    #expect(InceptionLayer.all.map(\.features) == InceptionLayer.all.map(\.features).sorted())
    #expect(Features.allCases.sorted() == [.f64, .f192, .f768, .f2048, .logits])
  }

  @Test func `what is fed to a block is what the block before it gives`() {
    // A block's outputs: its convolutions that nothing in it follows, and the max pool that passes on what came in.
    for (block, (inputs, outputs)) in [
      "mixed": (192, 256), "mixed_1": (256, 288), "mixed_2": (288, 288), "mixed_4": (768, 768), "mixed_5": (768, 768),
      "mixed_6": (768, 768), "mixed_7": (768, 768), "mixed_9": (1280, 2048), "mixed_10": (2048, 2048),
    ] {
      let layers = InceptionLayer.all.filter { layer in
        let rest = layer.name.dropFirst(block.count)
        return layer.name.hasPrefix(block + "_") && (rest.hasPrefix("_conv") || rest.hasPrefix("_tower"))
      }
      #expect(layers.filter { $0.inputs == inputs }.count >= 4, "\(block)")
      let last = ["_conv", "_tower_2_conv"] + Self.ends(of: block)
      #expect(
        layers.filter { last.contains(String($0.name.dropFirst(block.count))) }.map(\.outputs).reduce(0, +) == outputs)
    }
  }

  /// The last convolutions of a block's two towers.
  private static func ends(of block: String) -> [String] {
    switch block {
    case "mixed", "mixed_1", "mixed_2": ["_tower_conv_1", "_tower_1_conv_2"]
    case "mixed_9", "mixed_10":
      ["_tower_mixed_conv", "_tower_mixed_conv_1", "_tower_1_mixed_conv", "_tower_1_mixed_conv_1"]
    default: ["_tower_conv_2", "_tower_1_conv_4"]
    }
  }

  @Test(arguments: [Features.f64, .f192, .f768])
  func `the features that can be computed are those whose layers are all there`(features: Features) throws {
    var layers = uniformLayers(to: features)
    #expect(try InceptionWeights(layers, origin: "a test").deepest == features)
    let needed = try #require(InceptionLayer.all.last { $0.features == features })
    layers[needed.name] = nil
    let shallower = Features.allCases.sorted().last { $0 < features }
    if let shallower {
      #expect(try InceptionWeights(layers, origin: "a test").deepest == shallower)
    } else {
      #expect(throws: WeightsError.missingLayer(needed.name, origin: "a test")) {
        try InceptionWeights(layers, origin: "a test")
      }
    }
  }

  @Test func `a wrong shape names the layer, what was found and what belongs there`() throws {
    var layers = uniformLayers()
    layers["conv_1"] = .init(shape: [32, 32, 3, 1], weights: Array(repeating: 0, count: 3072), biases: [])
    let error = #expect(throws: WeightsError.self) { try InceptionWeights(layers, origin: "a test") }
    #expect(
      error?.description.contains("conv_1 of a test has the shape [32, 32, 3, 1] where [32, 32, 3, 3] belongs") == true)
  }

  @Test func `biases too few, numbers that are not finite and layers of other networks are refused`() throws {
    let right = try #require(uniformLayers()["conv"])
    var weights = right.weights
    weights[17] = .nan
    for wrong in [
      InceptionWeights.Layer(shape: right.shape, weights: right.weights, biases: [1]),
      .init(shape: right.shape, weights: weights, biases: right.biases),
      .init(shape: right.shape, weights: right.weights, biases: Array(repeating: .infinity, count: 32)),
    ] {
      var layers = uniformLayers()
      layers["conv"] = wrong
      #expect(throws: WeightsError.self) { try InceptionWeights(layers, origin: "a test") }
    }
    var foreign = uniformLayers()
    foreign["mixed_11_conv"] = right
    #expect(throws: WeightsError.unknownLayer("mixed_11_conv", origin: "a test")) {
      try InceptionWeights(foreign, origin: "a test")
    }
  }

  @Test func `the hash is that of the numbers, wherever they come from`() throws {
    let weights = try InceptionWeights(uniformLayers(), origin: "one")
    #expect(try InceptionWeights(uniformLayers(), origin: "another").hash == weights.hash)
    var other = uniformLayers()
    other["conv_2"] = .init(
      shape: [64, 32, 3, 3], weights: Array(repeating: 0, count: 18_432), biases: Array(repeating: 0, count: 64))
    #expect(try InceptionWeights(other, origin: "one").hash != weights.hash)
  }

  @Test func `weights that are prepared are found again bit for bit, and damage is noticed`() throws {
    let data = DataFolder(path: folder.path)
    #expect(try InceptionWeights.prepared(in: data) == nil)
    let weights = try InceptionWeights(uniformLayers(), origin: "weights.pth (SHA-256 0123…)")
    try PreparedWeights.write(weights, in: data)
    let found = try #require(try InceptionWeights.prepared(in: data))
    #expect(found.layers == weights.layers)
    #expect((found.origin, found.hash, found.deepest) == (weights.origin, weights.hash, .f64))
    let path = PreparedWeights.path(in: data)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 9] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: WeightsError.self) { try InceptionWeights.prepared(in: data) }
    #expect(error?.description.contains("its numbers are not those that were written") == true)
  }

  // Needs the real weights; without them in ASSAY_DATA it is skipped, and says so.
  @Test(.enabled(if: realFolder != nil, "ASSAY_DATA names no directory with inception/"))
  func `the real weights are read, to the features whose layers they have`() throws {
    let weights = try #require(try InceptionWeights.prepared(in: DataFolder(path: Self.realFolder ?? "")))
    #expect(weights.deepest >= .f768)
    #expect(weights.layers.count >= 76)
    // Rectified features of natural images are neither all dead nor all alike: the first kernels differ.
    let first = try weights["conv"]
    let norms = (0..<32).map { place in first.weights[(27 * place)..<(27 * place + 27)].reduce(0) { $0 + $1 * $1 } }
    #expect(Set(norms).count == 32)
  }

  private static var realFolder: String? {
    guard let data = ProcessInfo.processInfo.environment["ASSAY_DATA"] else { return nil }
    return FileManager.default.fileExists(atPath: data + "/inception") ? data : nil
  }
}
