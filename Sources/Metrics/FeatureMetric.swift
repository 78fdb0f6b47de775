import Datasets
import Experiments

/// A metric that compares features of a model's items with those of real ones.
protocol FeatureMetric: Metric {
  /// The items that it measures.
  var role: ImageRole { get }
  var space: FeatureSpace { get }

  /// What it wants of the features of its items, and of the real ones.
  /// - Parameter requests: the items, and the real ones that they are compared with.
  func needs(_ requests: FeatureComparison) -> [FeatureNeed]

  /// The number, with the settings that only this metric has.
  func measure(_ id: MetricID, _ items: FeatureSet, against reference: FeatureSet) throws -> Measurement

  /// Whether real items are all there are, rather than as many as are measured.
  func usesAllReal(_ id: MetricID) -> Bool
}

/// The two sides that a metric's id compares.
struct FeatureComparison: Hashable, Sendable {
  let items: FeatureRequest
  let real: FeatureRequest
}

extension FeatureMetric {
  /// The two sides that an id asks for.
  /// - Parameter count: the number of items of a role that there are.
  func comparison(for id: MetricID, count: (ImageRole) -> Int) -> FeatureComparison {
    let reference = referenceRole(of: id, count: count)
    let (own, real) = (count(role), count(reference))
    let usesAll = reference == .given || usesAllReal(id)
    let imageProtocol = ImageProtocol(of: id)
    return FeatureComparison(
      items: FeatureRequest(role: role, kind: FeatureKind(space, imageProtocol), count: own),
      real: FeatureRequest(
        role: reference, kind: FeatureKind(space, imageProtocol.forReference), count: usesAll ? real : min(own, real)))
  }

  /// What was given, where something was; else the split that the id names.
  private func referenceRole(of id: MetricID, count: (ImageRole) -> Int) -> ImageRole {
    if count(.given) > 0 { return .given }
    return id["ref"] == DatasetImages.Split.test.rawValue ? .test : .train
  }

  func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    try measure(id, in: evidence.library, comparison(for: id, count: evidence.count))
  }

  /// The number of two sides whose features lie in a library, with the counts of both.
  func measure(_ id: MetricID, in library: FeatureLibrary, _ comparison: FeatureComparison) throws -> Measurement {
    let items = try library.features(comparison.items)
    let real = try library.features(comparison.real)
    guard min(items.count, real.count) > 1 else {
      throw MetricError.tooFew("items of each kind", count: min(items.count, real.count), needed: 2)
    }
    var measurement = try measure(id, items, against: real)
    let counts = space.isInception || !(self is FrechetDistance) ? ["m": "\(real.count)"] : [:]
    measurement.settings.merge(counts.merging(["n": "\(items.count)", "ref": comparison.real.role.word]) { $1 }) { $1 }
    return measurement
  }

  /// The arguments that ids of the space may give: which real items, and what is done to images.
  static func options(in space: FeatureSpace) -> [MetricCard.Option] {
    let reference = MetricCard.Option(key: "ref", values: ["train", "test"])
    return space.isInception ? (ImageProtocol.options + [reference]).sorted { $0.key < $1.key } : [reference]
  }
}

extension ImageRole {
  /// How ids call real items.
  var word: String {
    switch self {
    case .test: "test"
    case .given: "given"
    default: "train"
    }
  }
}
