package import Experiments

/// Means of samples drawn anew from a sample, with replacement (Efron 1979).
///
/// The interval is the percentile one. It assumes that the sample stands for what it was drawn from; with few numbers it
/// is too narrow, which is why it decides only where a claim asks for it.
package struct Bootstrap: Hashable, Sendable {
  /// The resampled means, lowest first.
  private let means: [Double]

  package static let resamples = 10_000

  /// The same for the same numbers in the same order.
  package init(_ sample: [Double]) {
    precondition(!sample.isEmpty, "a bootstrap needs a number")
    var generator = SplitMix(state: UInt64(sample.count))
    let count = UInt64(sample.count)
    var means: [Double] = []
    means.reserveCapacity(Self.resamples)
    for _ in 0..<Self.resamples {
      var sum = 0.0
      for _ in 0..<sample.count { sum += sample[Int(generator.next(below: count))] }
      means.append(sum / Double(count))
    }
    self.means = means.sorted()
  }

  /// The percentiles level/2 and 1 − level/2 of the resampled means.
  package func interval(level: Double) -> Verdict.Interval {
    let last = Double(means.count - 1)
    let low = Int((level / 2 * last).rounded(.down))
    return Verdict.Interval(low: means[low], high: means[means.count - 1 - low])
  }

  /// Twice the share of resampled means on the rarer side of zero, the observed one counted among them.
  package var p: Double {
    let rarer = min(means.count { $0 <= 0 }, means.count { $0 >= 0 })
    return min(1, 2 * Double(rarer + 1) / Double(means.count + 1))
  }
}
