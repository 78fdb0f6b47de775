import Experiments

/// Verdicts in words.
enum Account {
  /// What a test takes for granted, as the end of a sentence.
  static func assumption(of test: Claim.Test) -> String {
    switch test {
    case .student: "; assumes the differences are normal"
    case .signFlip: "; decided by the sign flips, which assume that the differences are symmetric"
    case .bootstrap: "; decided by the bootstrap, which assumes that these seeds stand for all"
    }
  }

  /// How much an interval holds: `95%`.
  static func percent(level: Double) -> String {
    let percent = 100 * (1 - level)
    let isWhole = abs(percent - percent.rounded()) < 1e-9
    return (isWhole ? Numerals.fixed(percent, decimals: 0) : Numerals.significant(percent, digits: 3)) + "%"
  }

  /// The intervals, the count and the p-values of a mean: `95% interval 0.790 to 1.310, …`.
  static func statistics(
    of test: MeanTest, p: Double, claim: Claim, error: Double, bootstrap: Verdict.Interval?, flipped: Bool
  ) -> String {
    func words(_ interval: Verdict.Interval) -> String {
      let shown = flipped ? interval.negated : interval
      return Numerals.range(shown.low, shown.high, deviation: error)
    }
    let interval =
      test.interval(level: claim.level).map { "\(percent(level: claim.level)) interval \(words($0)), " } ?? ""
    guard let bootstrap else { return "\(interval)\(Numerals.equality("p", p))" }
    let flip = SignFlip(test.sample)
    return "\(interval)bootstrap \(words(bootstrap)), "
      + "n = \(test.sample.count), \(Numerals.equality("p", p)); "
      + "\(flip.isExact ? "exact" : "sampled") sign-flip \(Numerals.equality("p", flip.p))"
  }
}

extension TestedLink {
  private var supports: Bool { test.mean >= 0 }
  private var word: String { (direction == .lower) == supports ? "lower" : "higher" }
  private var size: String { Numerals.significant(abs(test.mean)) }

  /// `lower by 1.05 ± 0.09 (p = 0.0004)`.
  var words: String {
    guard let p = test.p else { return test.sample.count > 1 ? "no difference" : "\(word) by \(size) on one seed" }
    return "\(word) by \(Numerals.spread(abs(test.mean), test.standardError)) (\(Numerals.equality("p", p)))"
  }

  /// The numbers in words, signed along the direction in which the mean lies.
  func account(of claim: Claim, bootstrap: Verdict.Interval?) -> String {
    let count = test.sample.count
    guard let error = test.standardError else { return "\(word) by \(size) on one seed, which has no spread" }
    guard let p = test.p else { return "no difference on any of \(count) seeds" }
    guard error > 0 else {
      return "\(word) by \(size) on each of \(count) seeds, without any spread "
        + "(t is infinite, p = 0; exact sign-flip \(Numerals.equality("p", SignFlip(test.sample).p)))"
    }
    return "\(word) by \(Numerals.spread(abs(test.mean), error)) (mean and standard error; "
      + Account.statistics(of: test, p: p, claim: claim, error: error, bootstrap: bootstrap, flipped: !supports) + ")"
      + Account.assumption(of: claim.test)
  }

  /// The same for two sides that are claimed to be no further apart than a margin.
  func account(
    within margin: Double, _ claim: Claim, _ conjunction: Conjunction, bootstrap: Verdict.Interval?
  ) -> String {
    let bound = "the margin is ± \(Numerals.significant(margin))"
    guard let error = test.standardError else { return "apart by \(size) on one seed, which has no spread; \(bound)" }
    guard let p = conjunction.p(by: .student) else { return "apart by \(size) on each seed; \(bound)" }
    return "apart by \(Numerals.spread(test.mean, error)) (mean and standard error; "
      + Account.statistics(of: test, p: p, claim: claim, error: error, bootstrap: bootstrap, flipped: false)
      + "); \(bound)"
      + Account.assumption(of: claim.test)
  }
}
