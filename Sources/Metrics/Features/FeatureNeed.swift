/// Names features of some items: all metrics that ask for the same share them.
struct FeatureRequest: Hashable, Sendable {
  let role: ImageRole
  let kind: FeatureKind
  /// The first so many items.
  let count: Int
}

/// What is wanted of the features of some items.
struct FeatureNeed: Sendable, Equatable {
  let request: FeatureRequest
  /// Whether their moments are wanted.
  var moments: Bool
  /// How many items' features are wanted themselves, from the first on.
  var rows: Int

  init(_ request: FeatureRequest, moments: Bool = false, rows: Int = 0) {
    (self.request, self.moments, self.rows) = (request, moments, min(rows, request.count))
  }

  /// All that two metrics want of the same features.
  func joined(with other: FeatureNeed) -> FeatureNeed {
    FeatureNeed(request, moments: moments || other.moments, rows: max(rows, other.rows))
  }
}

extension [FeatureNeed] {
  /// These needs and one more, each request once.
  func adding(_ need: FeatureNeed) -> [FeatureNeed] {
    guard let place = firstIndex(where: { $0.request == need.request }) else { return self + [need] }
    var all = self
    all[place] = all[place].joined(with: need)
    return all
  }
}
