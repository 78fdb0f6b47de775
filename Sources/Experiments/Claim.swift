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
  package let test: Test
  package let assertion: Assertion

  package init(
    id: String, statement: String, source: String, tier: Tier, seeds: Int, level: Double, test: Test = .student,
    assertion: Assertion
  ) {
    self.id = id
    self.statement = statement
    self.source = source
    self.tier = tier
    self.seeds = seeds
    self.level = level
    self.test = test
    self.assertion = assertion
  }

  /// Which of the tests decides; the others stand beside it.
  package enum Test: String, Codable, Sendable, CaseIterable {
    /// Student's t, which assumes that the differences are normal.
    case student = "t"
    /// The exact test over all patterns of signs, which assumes that the differences are symmetric about zero.
    case signFlip = "sign-flip"
    /// Resampled means, which assume that the seeds at hand stand for all.
    case bootstrap

    /// The fewest differences with which the test can fall below the level: n with 2 / 2ⁿ < level for sign flips.
    package func leastSeeds(level: Double) -> Int {
      guard self == .signFlip else { return 2 }
      return (1...60).first { 2 / Double(1 << $0) < level } ?? 60
    }
  }
}

/// What a claim comes down to in our own scores.
package enum Assertion: Codable, Hashable, Sendable {
  /// `better` beats `worse` on a metric, in the metric's direction, over paired seeds.
  case ordering(better: ExperimentID, worse: ExperimentID, metric: MetricID)
  /// Each of these beats the one after it on a metric, in the metric's direction.
  case ranking([ExperimentID], metric: MetricID)
  /// Each step from one of these to the next moves a metric the same way.
  case monotone([ExperimentID], trend: Trend, metric: MetricID)
  /// Two experiments are no further apart than the margin, in the metric's unit.
  case equality(ExperimentID, ExperimentID, margin: Double, metric: MetricID)
  /// A cell of a table is obtained, to a share of its value; `trials` are those behind the published deviation.
  case value(Published, tolerance: Double, trials: Int?)

  package enum Trend: String, Codable, Sendable, CaseIterable { case rising, falling }
}
