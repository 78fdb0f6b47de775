package import Experiments

/// Student's paired test on differences, with the interval of their mean.
///
/// It assumes that the differences are drawn independently from one normal distribution.
package struct PairedTest: Hashable, Sendable {
  package let differences: [Double]
  package let mean: Double
  /// Of the mean: s / √n, with s over n − 1; `nil` for a single difference.
  package let standardError: Double?

  package init(_ differences: [Double]) {
    precondition(!differences.isEmpty, "a paired test needs a difference")
    self.differences = differences
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    self.mean = mean
    guard differences.count > 1 else { standardError = nil; return }
    let squares = differences.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    standardError = differences.allSatisfy { $0 == differences[0] } ? 0 : (squares / (count - 1) / count).squareRoot()
  }

  /// Mean over standard error; `nil` without a spread.
  package var statistic: Double? { spread.map { mean / $0 } }

  /// The two-sided p; 0 where equal differences leave no doubt, `nil` where they are all zero or single.
  package var p: Double? {
    guard standardError != nil else { return nil }
    guard let statistic else { return mean == 0 ? nil : 0 }
    return distribution.twoSidedTail(statistic)
  }

  /// The interval that holds the mean with probability 1 − level; `nil` for a single difference.
  package func interval(level: Double) -> Verdict.Interval? {
    guard let standardError else { return nil }
    let reach = distribution.upper(tail: level) * standardError
    return Verdict.Interval(low: mean - reach, high: mean + reach)
  }

  private var spread: Double? { standardError.flatMap { $0 > 0 ? $0 : nil } }
  private var distribution: StudentT { StudentT(degreesOfFreedom: Double(differences.count - 1)) }
}
