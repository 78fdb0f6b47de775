import Experiments
import Tensors

/// How much of what a model generates is like real items, and how much of what is real it generates: shares of items in
/// balls that reach from an item's features to those of its kth neighbour.
///
/// Precision and recall are the shares of generated items in some real item's ball, and of real items in some generated
/// item's (Kynkäänniemi et al. 2019, eq. 1 and 2, k = 3). Density is the mean number of real balls that a generated item
/// lies in, over k, and coverage the share of real balls in which some generated item lies (Naeem et al. 2020, eq. 4 and
/// 6, k = 5). The standard error is that over the items that are averaged, all balls held fixed.
struct SupportMetric: FeatureMetric {
  enum Kind: String, Sendable { case coverage, density, precision, recall }

  let kind: Kind
  let role = ImageRole.samples
  let space: FeatureSpace

  init(_ kind: Kind, in space: FeatureSpace) {
    self.kind = kind
    self.space = space
  }

  var card: MetricCard {
    let isOfNaeem = kind == .coverage || kind == .density
    let neighbours = SupportOverlap.neighbours.map(String.init)
    return MetricCard(
      name: "\(kind.rawValue)/\(space.name)", title: kind.rawValue,
      unit: kind == .density ? "balls per neighbour" : "share of items", direction: .higher,
      source: isOfNaeem ? "Naeem et al. 2020, eq. 4 and 6" : "Kynkäänniemi et al. 2019, eq. 1 and 2",
      options: ([.init(key: "k", values: isOfNaeem ? neighbours.reversed() : neighbours)] + Self.options(in: space))
        .sorted { $0.key < $1.key })
  }

  func usesAllReal(_ id: MetricID) -> Bool { false }

  func needs(_ comparison: FeatureComparison) -> [FeatureNeed] {
    [
      FeatureNeed(comparison.items, rows: comparison.items.count),
      FeatureNeed(comparison.real, rows: comparison.real.count),
    ]
  }

  func measure(_ id: MetricID, _ items: FeatureSet, against real: FeatureSet) throws -> Measurement {
    let k = card.completed(id)["k"].flatMap(Int.init) ?? 0
    guard min(items.count, real.count) > k else {
      throw MetricError.tooFew("items of each kind", count: min(items.count, real.count), needed: k + 1)
    }
    guard (items.rows.values + real.rows.values).allSatisfy(\.isFinite) else { throw MetricError.notFinite("features") }
    let balls = items.overlap(with: real).balls(k)
    let shares: [Double] =
      switch kind {
      case .coverage: balls.realIsMet.map { $0 ? 1 : 0 }
      case .density: balls.crowding.map { Double($0) / Double(k) }
      case .precision: balls.generatedIsCovered.map { $0 ? 1 : 0 }
      case .recall: balls.realIsCovered.map { $0 ? 1 : 0 }
      }
    return Measurement(mean: SampleMean(of: shares), settings: [:])
  }
}
