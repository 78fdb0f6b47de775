/// The place in a series at which its level changed, if it did.
package struct Step: Codable, Hashable, Sendable {
  /// The first index at the new level.
  package let index: Int
  /// The means before and from there on.
  package let before: Double
  package let after: Double
  /// How often a series without a step would show one as clear: the share of 9,999 drawn orders of the series.
  package let p: Double

  /// Looks for one step: the split whose two means differ most against the spread about them, told from chance by a
  /// permutation test of that very search, so that having looked at every split is paid for.
  ///
  /// - Returns: `nil` for fewer than five values, equal values, or where p is not below the level.
  package init?(in series: [Double], level: Double = 0.01) {
    guard series.count >= 5, let best = Self.clearest(in: series) else { return nil }
    var (shuffled, generator, extreme) = (series, SplitMix(state: UInt64(series.count)), 1)
    for _ in 0..<Self.orders {
      for index in shuffled.indices.dropFirst() {
        shuffled.swapAt(index, Int(generator.next(below: UInt64(index + 1))))
      }
      if let other = Self.clearest(in: shuffled), other.clarity >= best.clarity * (1 - 1e-12) { extreme += 1 }
    }
    p = Double(extreme) / Double(Self.orders + 1)
    guard p < level else { return nil }
    index = best.index
    before = series[..<best.index].reduce(0, +) / Double(best.index)
    after = series[best.index...].reduce(0, +) / Double(series.count - best.index)
  }

  private static let orders = 9999

  /// The split with the largest share of the sum of squares between its two sides: k (n − k) / n · (difference of means)².
  private static func clearest(in series: [Double]) -> (index: Int, clarity: Double)? {
    let (count, total) = (Double(series.count), series.reduce(0, +))
    var (sum, best): (Double, (index: Int, clarity: Double)?) = (0, nil)
    for index in 1..<series.count {
      sum += series[index - 1]
      let (left, right) = (Double(index), count - Double(index))
      let difference = (total - sum) / right - sum / left
      let clarity = left * right / count * difference * difference
      if clarity > best?.clarity ?? 0 { best = (index, clarity) }
    }
    return best
  }
}
