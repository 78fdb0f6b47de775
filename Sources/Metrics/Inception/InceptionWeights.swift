import Experiments

/// The network's convolutions, each with its batch normalization folded in, and its last layer.
///
/// It is Inception-v3 as TensorFlow released it on 2015-12-05: every convolution is followed by a rectifier, and
/// `softmax`, a convolution of kernel 1 × 1 here, by nothing. Names are those of TensorFlow's graph with `_` for `/`:
/// `conv`, `conv_1`, `mixed_tower_conv`; `InceptionLayer.all` lists them with their shapes.
package struct InceptionWeights: Sendable {
  /// One convolution.
  package struct Layer: Equatable, Sendable {
    /// `[outputs, inputs, height, width]` of the kernels.
    package let shape: [Int]
    /// The kernels, one after the other.
    package let weights: [Float]
    /// `[outputs]`.
    package let biases: [Float]

    package init(shape: [Int], weights: [Float], biases: [Float]) {
      precondition(weights.count == shape.reduce(1, *), "\(weights.count) weights are none of shape \(shape)")
      self.shape = shape
      self.weights = weights
      self.biases = biases
    }
  }

  package let layers: [String: Layer]
  /// Where they come from, for people: a file's name and hash.
  package let origin: String
  /// The deepest features for which all layers are there; those before it are there too.
  package let deepest: Features
  /// SHA-256 over the layers in the order of `InceptionLayer.all`: the name's UTF-8 bytes, then weights and biases as
  /// little-endian Float32. It does not depend on the file that they come from.
  package let hash: String

  /// - Parameter layers: by name; the deepest may be missing.
  /// - Throws: `WeightsError` where a layer is none of the network's, has another shape, or numbers that are not finite;
  ///   or where not even the shallowest features can be computed.
  package init(_ layers: [String: Layer], origin: String) throws(WeightsError) {
    for (name, layer) in layers.sorted(by: { $0.key < $1.key }) {
      guard let expected = InceptionLayer.named(name) else { throw .unknownLayer(name, origin: origin) }
      try expected.check(layer, origin: origin)
    }
    let missing = InceptionLayer.all.filter { layers[$0.name] == nil }
    let deepest = Features.allCases.sorted().prefix { features in missing.allSatisfy { $0.features > features } }.last
    guard let deepest else { throw .missingLayer(missing.first?.name ?? "all", origin: origin) }
    self.layers = layers
    self.origin = origin
    self.deepest = deepest
    hash = Self.hash(of: layers)
  }

  /// - Throws: `WeightsError.missingLayer`.
  package subscript(name: String) -> Layer {
    get throws(WeightsError) {
      guard let layer = layers[name] else { throw .missingLayer(name, origin: origin) }
      return layer
    }
  }

  /// The features that can be computed, the shallowest first.
  package var features: [Features] { Features.allCases.filter { $0 <= deepest }.sorted() }

  private static func hash(of layers: [String: Layer]) -> String {
    var digest = Digest()
    for name in InceptionLayer.all.map(\.name) {
      guard let layer = layers[name] else { continue }
      Array(name.utf8).withUnsafeBytes { digest.update($0) }
      for numbers in [layer.weights, layer.biases] { numbers.withUnsafeBytes { digest.update($0) } }
    }
    return digest.hexadecimal()
  }
}
