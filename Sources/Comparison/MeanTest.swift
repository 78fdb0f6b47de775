package import Experiments

/// Student's test of whether a mean is zero, with the interval of the mean.
///
/// It assumes that what the mean is of is drawn independently from one normal distribution. Beside it stand the
/// sign-flip test and the bootstrap, where the numbers behind the mean are all known.
package struct MeanTest: Hashable, Sendable {
  /// The numbers that the mean is of; none where a part of them is known by its mean and deviation alone.
  package let sample: [Double]
  package let mean: Double
  /// Of the mean; `nil` for a single number.
  package let standardError: Double?
  package let degreesOfFreedom: Double

  /// Of numbers that are all known, such as paired differences: s / √n, with s over n − 1.
  package init(_ sample: [Double]) {
    precondition(!sample.isEmpty, "a test of a mean needs a number")
    self.sample = sample
    (mean, standardError) = moments(of: sample)
    degreesOfFreedom = Double(sample.count - 1)
  }

  /// Welch's test of the mean of a sample less another mean, known by its deviation over `count` trials.
  ///
  /// The standard error is √(s²/n + s′²/n′), the degrees of freedom (s²/n + s′²/n′)² / ((s²/n)²/(n − 1) + (s′²/n′)²/(n′ − 1))
  /// (Welch 1947).
  package init(_ sample: [Double], lessMean other: Double, deviation: Double, count: Int) {
    precondition(!sample.isEmpty && count > 1, "Welch's test needs two samples")
    let own = moments(of: sample)
    self.sample = []
    mean = own.mean - other
    guard let error = own.error else {
      (standardError, degreesOfFreedom) = (nil, 0)
      return
    }
    let (a, b) = (error * error, deviation * deviation / Double(count))
    standardError = (a + b).squareRoot()
    let spread = a * a / Double(sample.count - 1) + b * b / Double(count - 1)
    degreesOfFreedom = spread > 0 ? (a + b) * (a + b) / spread : Double(sample.count + count - 2)
  }

  private init(sample: [Double], mean: Double, standardError: Double?, degreesOfFreedom: Double) {
    (self.sample, self.mean) = (sample, mean)
    (self.standardError, self.degreesOfFreedom) = (standardError, degreesOfFreedom)
  }

  /// The test of `margin` plus this mean, or less it.
  func within(_ margin: Double, sign: Double) -> MeanTest {
    MeanTest(
      sample: sample.map { margin + sign * $0 }, mean: margin + sign * mean, standardError: standardError,
      degreesOfFreedom: degreesOfFreedom)
  }

  /// Mean over standard error; `nil` without a spread.
  package var statistic: Double? { spread.map { mean / $0 } }

  /// The mean over the deviation of the numbers, Cohen's d; `nil` without a spread or where they are not all known.
  package var standardized: Double? {
    sample.isEmpty ? nil : spread.map { mean / ($0 * Double(sample.count).squareRoot()) }
  }

  /// The two-sided p; 0 where equal numbers leave no doubt, `nil` where they are all zero or single.
  package var p: Double? {
    guard standardError != nil else { return nil }
    guard let statistic else { return mean == 0 ? nil : 0 }
    return distribution.twoSidedTail(statistic)
  }

  /// The two-sided p of one of the tests; `nil` where it has none.
  func p(by test: Claim.Test) -> Double? {
    switch test {
    case .student: p
    case .signFlip: sample.count > 1 ? SignFlip(sample).p : nil
    case .bootstrap: sample.count > 1 ? Bootstrap(sample).p : nil
    }
  }

  /// The interval that holds the mean with probability 1 − level; `nil` for a single number.
  package func interval(level: Double) -> Verdict.Interval? {
    guard let standardError else { return nil }
    guard standardError > 0 else { return Verdict.Interval(low: mean, high: mean) }
    let reach = distribution.upper(tail: level) * standardError
    return Verdict.Interval(low: mean - reach, high: mean + reach)
  }

  private var spread: Double? { standardError.flatMap { $0 > 0 ? $0 : nil } }
  private var distribution: StudentT { StudentT(degreesOfFreedom: degreesOfFreedom) }
}

/// The mean and its standard error, 0 where all are equal and `nil` for one number.
private func moments(of sample: [Double]) -> (mean: Double, error: Double?) {
  let count = Double(sample.count)
  let mean = sample.reduce(0, +) / count
  guard sample.count > 1 else { return (mean, nil) }
  let squares = sample.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
  return (mean, sample.allSatisfy { $0 == sample[0] } ? 0 : (squares / (count - 1) / count).squareRoot())
}
