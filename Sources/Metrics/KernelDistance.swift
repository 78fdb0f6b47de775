import Experiments

/// The kernel distance of features: the squared maximum mean discrepancy under (x·y/d + 1)³, unbiased.
///
/// The mean over 100 random subsets of 1000 items of each side, the same ones for every model; without a bias that falls
/// with the number of items, as the Fréchet distance has it. Its standard error counts the draws of both sides.
struct KernelDistance: FeatureMetric {
  let role = ImageRole.samples
  let space: FeatureSpace

  init(in space: FeatureSpace) { self.space = space }

  var card: MetricCard {
    MetricCard(
      name: "kid/\(space.name)", title: space == .inception(.f2048) ? "KID" : "KID (\(space.name))",
      unit: "squared kernel distance", direction: .lower, source: "Bińkowski et al. 2018, section 4",
      options: Self.options(in: space))
  }

  func usesAllReal(_ id: MetricID) -> Bool { false }

  func needs(_ comparison: FeatureComparison) -> [FeatureNeed] {
    [
      FeatureNeed(comparison.items, rows: comparison.items.count),
      FeatureNeed(comparison.real, rows: comparison.real.count),
    ]
  }

  func measure(_ id: MetricID, _ items: FeatureSet, against real: FeatureSet) throws -> Measurement {
    let discrepancy = SubsetDiscrepancy(items.rows, real.rows)
    return Measurement(
      value: discrepancy.value, standardError: discrepancy.standardError, count: items.count,
      settings: ["size": "\(discrepancy.size)", "subsets": "\(discrepancy.subsets)"])
  }
}
