import Archives
import Foundation

@testable import Metrics

/// What `Fixtures/torch-files.py` wrote.
struct TorchFixture: Decodable {
  struct File: Decodable {
    struct Tensor: Decodable {
      let name: String
      let shape: [Int]
      let values: [Double]
    }
    let name: String
    let file: Data
    let tensors: [Tensor]
  }
  struct Hostile: Decodable {
    let name: String
    let file: Data
    let reason: String
  }
  struct Layers: Decodable {
    struct Folded: Decodable {
      let weights: Data
      let biases: Data
    }
    let folded: Folded
    /// With batch normalization that scales: the port's zip form, its old form, and TensorFlow's graph. Without: the graph.
    let files: [Data]
  }
  let files: [File]
  let hostile: [Hostile]
  let bigEndian: Data
  let layers: [String: Layers]

  static func load() throws -> TorchFixture {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/torch-files.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}

/// A folder for one test, gone after it.
final class WeightsFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "assay-weights-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("\(path) stays: \(error)") }
  }

  /// Writes a file and returns its path.
  func write(_ data: Data, name: String = "weights") throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try writeQuickly(Array(data), to: url.path)
    return url.path
  }
}

/// The network's layers up to some features, all numbers of one layer the same.
func uniformLayers(to features: Features = .f64) -> [String: InceptionWeights.Layer] {
  let chosen = InceptionLayer.all.filter { $0.features <= features }
  return Dictionary(
    uniqueKeysWithValues: chosen.enumerated().map { place, layer in
      let value = Float(place + 1) / 4
      let weights = [Float](repeating: value, count: layer.shape.reduce(1, *))
      let biases = [Float](repeating: -value, count: layer.outputs)
      return (layer.name, .init(shape: layer.shape, weights: weights, biases: biases))
    })
}
