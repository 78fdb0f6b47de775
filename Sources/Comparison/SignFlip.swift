/// The sign-flip test: how rare a mean as far from zero would be if each difference could as well have the other sign.
///
/// It assumes that the differences are symmetric about zero under the null hypothesis, not that they are normal.
package struct SignFlip: Hashable, Sendable {
  /// The two-sided p.
  package let p: Double
  /// Whether every pattern of signs was counted, or a sample of them.
  package let isExact: Bool

  /// Up to so many differences, all 2ⁿ patterns are counted.
  package static let exactLimit = 20
  /// The patterns drawn beyond that.
  package static let draws = 100_000

  package init(_ differences: [Double]) {
    isExact = differences.count <= Self.exactLimit
    p = isExact ? exactP(differences) : sampledP(differences, draws: Self.draws)
  }
}

/// The distance from zero at which a flipped sum counts as extreme as the observed one; rounding does not part equals.
private func extremeBound(_ differences: [Double]) -> Double {
  abs(differences.reduce(0, +)) - 1e-12 * differences.map(abs).reduce(0, +)
}

/// The share of all patterns; a pattern and its opposite count alike, so the first sign stays.
private func exactP(_ differences: [Double]) -> Double {
  guard let first = differences.first else { return 1 }
  var sums = [first]
  for difference in differences.dropFirst() { sums = sums.flatMap { [$0 + difference, $0 - difference] } }
  let bound = extremeBound(differences)
  return Double(sums.count { abs($0) >= bound }) / Double(sums.count)
}

/// The share of so many drawn patterns, the observed one among them; the same for the same differences.
private func sampledP(_ differences: [Double], draws: Int) -> Double {
  var generator = SplitMix(state: UInt64(differences.count))
  let bound = extremeBound(differences)
  var extreme = 1
  for _ in 0..<draws {
    var (sum, bits) = (0.0, UInt64(0))
    for (index, difference) in differences.enumerated() {
      if index % 64 == 0 { bits = generator.next() }
      sum += bits & 1 == 0 ? difference : -difference
      bits >>= 1
    }
    if abs(sum) >= bound { extreme += 1 }
  }
  return Double(extreme) / Double(draws + 1)
}
