import Experiments
import Tensors

/// The Fréchet distance between Gaussians fitted to the features of a model's items and of real ones.
///
/// ‖μ − μ′‖² + tr Σ + tr Σ′ − 2 tr (Σ^½ Σ′ Σ^½)^½ (Dowson and Landau 1982; Heusel et al. 2017, eq. 6), covariances with
/// n − 1, all in float64; images clamped to [0, 1].
///
/// `fid` is that on features of the Inception network, against all real images of a split (or as many as are measured,
/// with `real=equal`), under the protocol that the id says. `fd` is that on points and on features of a random network,
/// against a fixed random subset of as many training items, un-augmented; for reconstructions of test items too, so that
/// the three distances of a run have one scale, and what samples lose against reconstructions is due to the prior.
///
/// The standard error is over draws of the model's items, the reference held fixed: by the jackknife over ten tenths, or
/// for the Inception network, whose matrices are large, by the influence of each item.
struct FrechetDistance: FeatureMetric {
  let role: ImageRole
  let space: FeatureSpace

  init(of role: ImageRole, in space: FeatureSpace) {
    self.role = role
    self.space = space
  }

  var card: MetricCard {
    let (suffix, mark) =
      switch role {
      case .lowPosterior: ("-lp", "(LP)")
      case .highPosterior: ("-hp", "(HP)")
      case .reconstructions: ("-rec", "(rec)")
      default: ("", "")
      }
    let isInception = space.isInception
    return MetricCard(
      name: (isInception ? "fid" : "fd") + "\(suffix)/\(space.name)", title: (isInception ? fidTitle : "FD") + mark,
      unit: space.unit, direction: .lower,
      source: "Heusel et al. 2017, eq. 6; low-posterior samples as Bhalodia et al. 2020 (dpVAE), section 4.1",
      options: isInception ? Self.options(in: space) + [.init(key: "real", values: ["all", "equal"])] : [])
  }

  /// Only 2048 features make the distance that papers print.
  private var fidTitle: String {
    space == .inception(.f2048) ? "FID" : space.name.replacing("inception", with: "FID")
  }

  func usesAllReal(_ id: MetricID) -> Bool { space.isInception && id["real"] != "equal" }

  /// Items over which the spread of their influence is taken, which tells a standard error to two digits.
  private static let spreadItems = 5000

  func needs(_ comparison: FeatureComparison) -> [FeatureNeed] {
    let rows = space.isInception ? min(comparison.items.count, Self.spreadItems) : 0
    return [
      FeatureNeed(comparison.items, moments: true, rows: rows), FeatureNeed(comparison.real, moments: true),
    ]
  }

  func measure(_ id: MetricID, _ items: FeatureSet, against real: FeatureSet) throws -> Measurement {
    let (reference, moments) = (try real.frechet.get(), try items.needMoments())
    let remark = remark(min(items.count, real.count), features: items.features)
    guard let sums = items.sums else {
      let rows = items.rows.rows(0..<min(items.rows.rows, Self.spreadItems))
      let (value, error) = try reference.squaredDistance(to: moments, spreadOver: rows)
      return Measurement(value: value, standardError: error, count: items.count, remark: remark)
    }
    return try Measurement(
      value: reference.squaredDistance(to: moments), standardError: jackknifeError(of: sums, against: reference),
      count: items.count, remark: remark)
  }

  private func remark(_ count: Int, features: Int) -> String? {
    guard count <= features else { return nil }
    return "\(count) items of \(features) features: the covariances do not have full rank"
  }
}

/// √((g − 1)/g · Σ (dᵢ − d̄)²), dᵢ the distance without the ith of g groups.
private func jackknifeError(of features: FeatureMoments, against reference: FrechetReference) throws -> Double? {
  let parts = features.groups
  guard features.whole.count >= 2 * parts else { return nil }
  let distances = try (0..<parts).map { try reference.squaredDistance(to: features.without($0)) }
  let mean = distances.reduce(0, +) / Double(parts)
  let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (Double(parts - 1) / Double(parts) * squares).squareRoot()
}
