package import Experiments

/// What is known of a paper at one tier: the input of every report section and table.
package struct Findings: Sendable {
  package let paper: Paper
  package let tier: Tier
  /// The runs at that tier, by experiment and then seed; a run that is missing, failed or diverged is among them.
  package let records: [RunRecord]
  /// One for each claim of the paper, in the paper's order.
  package let verdicts: [Verdict]
}

/// A metric of an experiment over its seeds.
package struct Estimate: Hashable, Sendable {
  /// The measured values, by seed.
  package let values: [Value]
  /// Seeds without a value, each with the reason.
  package let missing: [Missing]

  package struct Value: Hashable, Sendable {
    package let seed: Int
    package let run: String
    package let value: Double
  }

  package struct Missing: Hashable, Sendable {
    package let seed: Int
    /// `failed`, `diverged`, `pending`, …
    package let status: String
    package let reason: String
  }

  /// `nil` without values.
  package var mean: Double? {
    values.isEmpty ? nil : values.map(\.value).reduce(0, +) / Double(values.count)
  }

  /// The sample standard deviation (n − 1); `nil` with fewer than two values.
  package var deviation: Double? {
    guard let mean, values.count > 1 else { return nil }
    let squares = values.map { ($0.value - mean) * ($0.value - mean) }.reduce(0, +)
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
