import Tensors

/// The features of some items of one kind: what metrics compare.
final class FeatureSet {
  /// The number of items.
  let count: Int
  /// Features of one item.
  let features: Int
  /// The sums behind the moments, where these items were just gathered and few features allow for groups of them.
  let sums: FeatureMoments?
  /// The features of the first items, as many as were asked for, `[…, features]`.
  let rows: Matrix
  private let moments: Moments?
  private var overlaps: [ObjectIdentifier: SupportOverlap] = [:]

  init(count: Int, features: Int, moments: Moments?, sums: FeatureMoments? = nil, rows: Matrix) {
    (self.count, self.features, self.moments, self.sums, self.rows) = (count, features, moments, sums, rows)
  }

  /// The moments of all items.
  /// - Throws: `MetricError.tooFew` where they were not gathered, for lack of items.
  func needMoments() throws(MetricError) -> Moments {
    guard let moments else { throw .tooFew("items of each kind", count: count, needed: 2) }
    return moments
  }

  /// These items as the side that Fréchet distances are taken from.
  private(set) lazy var frechet = Result { try FrechetReference(needMoments(), by: factorization) }

  /// Few features keep the symmetric root, whose bits earlier scores have.
  private var factorization: FrechetReference.Factorization { sums == nil ? .pivotedCholesky : .symmetricRoot }

  /// Where these items and real ones lie among each other; looked at once for all metrics.
  func overlap(with reference: FeatureSet) -> SupportOverlap {
    if let known = overlaps[ObjectIdentifier(reference)] { return known }
    let overlap = SupportOverlap(of: rows, with: reference.rows)
    overlaps[ObjectIdentifier(reference)] = overlap
    return overlap
  }
}
