/// What became of a claim, and why.
package struct Verdict: Codable, Hashable, Sendable {
  package let claim: Claim
  package let tier: Tier
  package var outcome: Outcome
  /// The mean of the differences in the metric's unit: signed so that positive supports an ordering, of the weakest
  /// link of a ranking; first minus second for an equality, obtained minus published for a value.
  package var effect: Double?
  /// The effect over the deviation of the differences (Cohen's d of paired differences).
  package var standardizedEffect: Double?
  /// The bounds of the effect's t interval at the claim's level.
  package var interval: Interval?
  /// The bounds of its bootstrap interval.
  package var bootstrap: Interval?
  /// Student's t of the effect.
  package var statistic: Double?
  /// The two-sided p of Student's test, of the whole claim.
  package var p: Double?
  /// The same of the sign-flip test.
  package var signFlipP: Double?
  /// The p of the test that decides, after Holm's correction over the claims of the paper; `nil` where nothing is decided.
  package var adjustedP: Double?
  /// The seeds behind it.
  package var seeds: [Int]
  /// The runs behind it.
  package var runs: [String]
  /// One sentence for a person.
  package var account: String

  package enum Outcome: String, Codable, Sendable, CaseIterable {
    case supported, contradicted, inconclusive
    case notComparable = "not-comparable"
    case notRun = "not-run"
  }

  package struct Interval: Codable, Hashable, Sendable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }

    package var negated: Interval { Interval(low: -high, high: -low) }
  }

  package init(
    claim: Claim, tier: Tier, outcome: Outcome, effect: Double? = nil, standardizedEffect: Double? = nil,
    interval: Interval? = nil, bootstrap: Interval? = nil, statistic: Double? = nil, p: Double? = nil,
    signFlipP: Double? = nil, adjustedP: Double? = nil, seeds: [Int] = [], runs: [String] = [], account: String
  ) {
    (self.claim, self.tier, self.outcome) = (claim, tier, outcome)
    (self.effect, self.standardizedEffect, self.statistic) = (effect, standardizedEffect, statistic)
    (self.interval, self.bootstrap) = (interval, bootstrap)
    (self.p, self.signFlipP, self.adjustedP) = (p, signFlipP, adjustedP)
    (self.seeds, self.runs, self.account) = (seeds, runs, account)
  }
}
