import Tensors

/// Where distributions of items are compared.
enum FeatureSpace: Hashable, Sendable {
  /// The coordinates of points themselves.
  case coordinates
  /// The features of a fixed network with random weights.
  case randomConvolutions
  /// Features of the Inception network of 2015.
  case inception(Features)

  /// The part of a metric's name after the slash.
  var name: String {
    switch self {
    case .coordinates: "points"
    case .randomConvolutions: "random-conv"
    case .inception(let features): "inception-\(features == .logits ? "logits" : String(features.rawValue))"
    }
  }

  var unit: String { self == .coordinates ? "squared distance" : "squared feature distance" }

  var isInception: Bool { if case .inception = self { true } else { false } }
}

/// How an item becomes features.
struct FeatureKind: Hashable, Sendable {
  let space: FeatureSpace
  /// What is done to images first; the plain one for all but the Inception network.
  let imageProtocol: ImageProtocol

  init(_ space: FeatureSpace, _ imageProtocol: ImageProtocol = ImageProtocol()) {
    self.space = space
    self.imageProtocol = space.isInception ? imageProtocol : ImageProtocol()
  }
}

/// Items to features, one kind of them or several at once. Not thread-safe.
protocol FeatureExtractor: AnyObject {
  /// Items `[n, D]` to features `[n, …]`, for any n.
  func extract(_ items: Matrix) throws -> [FeatureSpace: Matrix]
}

/// Points are their own features.
final class Coordinates: FeatureExtractor {
  func extract(_ items: Matrix) -> [FeatureSpace: Matrix] { [.coordinates: items] }
}

extension RandomConvolutions: FeatureExtractor {
  func extract(_ items: Matrix) -> [FeatureSpace: Matrix] { [.randomConvolutions: features(of: items)] }
}

/// The Inception network behind a protocol.
final class InceptionFeatures: FeatureExtractor {
  private let network: any ImageNetwork
  private let preparation: ImagePreparation

  init(_ network: any ImageNetwork, _ preparation: ImagePreparation) {
    self.network = network
    self.preparation = preparation
  }

  func extract(_ items: Matrix) throws -> [FeatureSpace: Matrix] {
    var parts: [Features: [Matrix]] = [:]
    for start in stride(from: 0, to: items.rows, by: InceptionNetwork.batch) {
      let images = preparation.prepared(items.rows(start..<min(start + InceptionNetwork.batch, items.rows)))
      for (features, matrix) in network.features(of: images) { parts[features, default: []].append(matrix) }
    }
    return Dictionary(
      uniqueKeysWithValues: parts.map { (.inception($0), Matrix.stacking($1, columns: $0.count)) })
  }
}
