/// What a paper says, in a form that a program can decide.
package struct Claim: Codable, Hashable, Sendable {
  /// E.g. `dpvae/mnist/skl-lower`.
  package let id: String
  /// The claim in words.
  package let statement: String
  /// Table, section or page.
  package let source: String
  /// The lowest tier at which the claim is decided.
  package let tier: Tier
  /// The least number of seeds.
  package let seeds: Int
  /// The level of the test.
  package let level: Double
  package let assertion: Assertion

  package init(
    id: String, statement: String, source: String, tier: Tier, seeds: Int, level: Double, assertion: Assertion
  ) {
    self.id = id
    self.statement = statement
    self.source = source
    self.tier = tier
    self.seeds = seeds
    self.level = level
    self.assertion = assertion
  }
}

/// What a claim comes down to in our own scores.
package enum Assertion: Codable, Hashable, Sendable {
  /// `better` beats `worse` on a metric, in the metric's direction, over paired seeds.
  case ordering(better: ExperimentID, worse: ExperimentID, metric: MetricID)
}

/// What became of a claim, and why.
package struct Verdict: Codable, Hashable, Sendable {
  package let claim: Claim
  package let tier: Tier
  package let outcome: Outcome
  /// The mean of the paired differences, better minus worse, signed so that positive supports the claim.
  package let effect: Double?
  /// The bounds of the paired t interval of the effect at the claim's level.
  package let interval: Interval?
  /// Student's t of the differences.
  package let statistic: Double?
  /// The two-sided p of that t.
  package let p: Double?
  /// The exact two-sided p of the sign-flip test on the same differences.
  package let signFlipP: Double?
  /// The seeds that were paired.
  package let seeds: [Int]
  /// The runs behind it.
  package let runs: [String]
  /// One sentence for a person.
  package let account: String

  package enum Outcome: String, Codable, Sendable, CaseIterable {
    case supported, contradicted, inconclusive
    case notRun = "not-run"
  }

  package struct Interval: Codable, Hashable, Sendable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  package init(
    claim: Claim, tier: Tier, outcome: Outcome, effect: Double? = nil, interval: Interval? = nil,
    statistic: Double? = nil, p: Double? = nil, signFlipP: Double? = nil, seeds: [Int] = [], runs: [String] = [],
    account: String
  ) {
    self.claim = claim
    self.tier = tier
    self.outcome = outcome
    self.effect = effect
    self.interval = interval
    self.statistic = statistic
    self.p = p
    self.signFlipP = signFlipP
    self.seeds = seeds
    self.runs = runs
    self.account = account
  }
}
