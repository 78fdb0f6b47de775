import Execution
import Foundation
import Tensors
import Testing

@testable import Metrics

/// The Inception network against PyTorch; `Fixtures/inception.py` made the reference features, in double precision.
@Suite struct InceptionNetworkTests {
  @Test func `every layer of the table stands in the network once, in the table's order`() {
    let names = InceptionPart.network.flatMap(\.layers)
    #expect(names + ["softmax"] == InceptionLayer.all.map(\.name))
  }

  @Test func `all features of two images agree with PyTorch's, weights by a formula`() throws {
    let weights = try InceptionWeights(Formula.layers, origin: "a formula")
    let kinds = Features.allCases.sorted()
    let network = try InceptionNetwork(weights: weights, features: kinds, batch: 1, executor: CPUExecutor())
    let size = 3 * InceptionNetwork.side * InceptionNetwork.side
    let images = Matrix(rows: 2, columns: size, values: Formula.numbers(2 * size, stream: 1000, scale: 1))
    let features = network.features(of: images)
    var reference = try InceptionReference("inception_formula")
    for row in 0..<2 {
      for kind in kinds {
        let error = relativeError(try #require(features[kind])[row], reference.take(kind.count))
        #expect(error < InceptionReference.tolerance, "\(kind) of image \(row)")
      }
    }
  }

  @Test func `features beyond the weights are refused with the layer that lacks`() throws {
    let shallow = Formula.layers.filter { InceptionLayer.named($0.key)?.features == .f64 }
    let weights = try InceptionWeights(shallow, origin: "a formula")
    #expect(throws: WeightsError.missingLayer("conv_3", origin: "a formula")) {
      _ = try InceptionNetwork(weights: weights, features: [.f192], batch: 1, executor: CPUExecutor())
    }
  }

  @Test func `an image's features do not depend on how many there are`() throws {
    let layers = Formula.layers.filter { InceptionLayer.named($0.key).map { $0.features <= .f192 } ?? false }
    let weights = try InceptionWeights(layers, origin: "a formula")
    let network = try InceptionNetwork(weights: weights, features: [.f192], batch: 2, executor: CPUExecutor())
    let size = 3 * InceptionNetwork.side * InceptionNetwork.side
    let images = Matrix(rows: 3, columns: size, values: Formula.numbers(3 * size, stream: 1000, scale: 1))
    let all = try #require(network.features(of: images)[.f192])
    for row in 0..<3 {
      let alone = try #require(network.features(of: images.picking([row]))[.f192])
      #expect(Array(alone[0]) == Array(all[row]))
    }
  }
}

/// Weights that `Fixtures/inception.py` computes too.
private enum Formula {
  /// Weights uniform on ±√(6 / fan in), which keeps the size of activations, and biases on ±0.1.
  static let layers: [String: InceptionWeights.Layer] = {
    let layers = InceptionLayer.all.enumerated().map { index, layer in
      let stream = UInt32(2 * index)
      let scale = (6 / Double(layer.shape[1...].reduce(1, *))).squareRoot()
      return (
        layer.name,
        InceptionWeights.Layer(
          shape: layer.shape, weights: numbers(layer.shape.reduce(1, *), stream: stream, scale: scale),
          biases: numbers(layer.outputs, stream: stream + 1, scale: 0.1))
      )
    }
    return Dictionary(uniqueKeysWithValues: layers)
  }()

  /// Uniform on ±scale: the final mix of MurmurHash3 on the position.
  static func numbers(_ count: Int, stream: UInt32, scale: Double) -> [Float] {
    Array(unsafeUninitializedCapacity: count) { numbers, filled in
      let start = stream &* 0x9E37_79B9
      for position in 0..<count {
        var h = UInt32(truncatingIfNeeded: position) &+ start
        h ^= h >> 16
        h = h &* 0x85EB_CA6B
        h ^= h >> 13
        h = h &* 0xC2B2_AE35
        h ^= h >> 16
        numbers[position] = Float((Double(h >> 8) * 0x1p-23 - 1) * scale)
      }
      filled = count
    }
  }
}
