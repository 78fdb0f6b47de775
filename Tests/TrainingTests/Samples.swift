import Datasets
import Experiments
import Foundation

/// What a test varies of a configuration.
struct Sample {
  var prior = MethodSettings.Prior.standard
  var method = "vae"
  var settings: [String: Double] = [:]
  var posterior = MethodSettings.Posterior.gaussian
  var likelihood = LikelihoodSettings.gaussian(10)
  var network = "two-moons-mlp"
  var augment = false
  var iterations = 60
  var batch = 10
  var learningRate = 1e-2
  var selection = TrainingSettings.Selection.last
  var checkpointEvery = 20
  var logEvery = 20

  /// JSON is the way in: a configuration has no defaults and no other initializer.
  func configuration() throws -> Configuration {
    let object: [String: Any] = [
      "dataset": ["name": "arcs", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": augment],
      "method": ["name": method, "prior": prior.rawValue, "posterior": posterior.rawValue, "settings": settings],
      "likelihood": ["name": likelihood.name, "settings": likelihood.settings],
      "network": ["name": network, "latents": 2, "leakySlope": 0.01, "couplingBlocks": 2],
      "training": [
        "iterations": iterations, "batch": batch, "learningRate": learningRate, "halveEvery": 0, "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8, "selection": selection.rawValue, "checkpointEvery": checkpointEvery, "logEvery": logEvery,
        "secondStage": ["iterations": 0, "halveEvery": 0],
      ],
      "evaluation": [
        "samples": 1, "lowPosteriorDraws": 1, "lowPosteriorKept": 1, "sklSamples": 1, "leakageSamples": 1,
        "leakagePosteriors": 1, "likelihoodImages": 1, "likelihoodSamples": 1, "lowPosteriorDensity": "exact",
      ],
    ]
    return try JSONDecoder().decode(Configuration.self, from: JSONSerialization.data(withJSONObject: object))
  }
}

extension LikelihoodSettings {
  /// A squared error of weight w.
  static func gaussian(_ weight: Double) -> LikelihoodSettings {
    LikelihoodSettings(name: "gaussian", settings: ["mseWeight": weight])
  }
}

extension Dataset {
  /// Points on an arc of a circle.
  static func arcs(_ count: Int = 53) -> Dataset {
    let points = (0..<count).flatMap { (index: Int) -> [Float] in
      let angle = 3 * Float(index) / Float(count)
      return [cos(angle), sin(angle)]
    }
    return synthetic("arcs", [2], Items(count: count, size: 2, storage: .floats(points)))
  }

  /// Grey images of 28×28: a bright square at a place that differs from image to image.
  static func squares(_ count: Int = 40) -> Dataset {
    let pixels = (0..<count).flatMap { (index: Int) -> [UInt8] in
      let (top, left) = (index % 5 * 4, index / 5 % 5 * 4)
      return (0..<784).map { pixel in
        let inside = (top..<(top + 8)).contains(pixel / 28) && (left..<(left + 8)).contains(pixel % 28)
        return inside ? 255 : 0
      }
    }
    return synthetic("squares", [1, 28, 28], Items(count: count, size: 784, storage: .bytes(pixels)))
  }

  private static func synthetic(_ name: String, _ shape: [Int], _ items: Items) -> Dataset {
    let card = DatasetCard(
      name: name, title: name, itemShape: shape, trainCount: items.count, testCount: items.count, source: "a formula",
      isSynthetic: true)
    return Dataset(card: card, train: items, test: items, digest: "")
  }
}

/// A folder that is removed when the last reference to it goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
