package import Experiments

/// A metric of an experiment over its seeds.
package struct Estimate: Hashable, Sendable {
  /// The measured values, by seed.
  package let values: [Value]
  /// Seeds without a value, each with the reason.
  package let missing: [Missing]

  package struct Value: Hashable, Sendable {
    package let seed: Int
    package let run: String
    /// The full id under which it was measured.
    package let metric: MetricID
    package let value: Double
    /// Whether another program made what was measured.
    package let isExternal: Bool

    package init(seed: Int, run: String, metric: MetricID, value: Double, isExternal: Bool = false) {
      self.seed = seed
      self.run = run
      self.metric = metric
      self.value = value
      self.isExternal = isExternal
    }
  }

  package struct Missing: Hashable, Sendable {
    package let seed: Int
    /// `failed`, `diverged`, `pending`, …; of the run, or of the score where the run is done.
    package let status: String
    package let reason: String

    package init(seed: Int, status: String, reason: String) {
      self.seed = seed
      self.status = status
      self.reason = reason
    }
  }

  package init(values: [Value], missing: [Missing]) {
    self.values = values
    self.missing = missing
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

  /// The seeds whose values were measured on what another program made; tables mark the estimate with a dagger.
  package var externalSeeds: [Int] { values.filter(\.isExternal).map(\.seed) }
}

extension Estimate {
  /// The values that these runs of one experiment have on the metric that the pattern names.
  package init(of pattern: MetricID, records: [RunRecord]) {
    var (values, missing): ([Value], [Missing]) = ([], [])
    for record in records.sorted(by: { ($0.run.seed, $0.run.id) < ($1.run.seed, $1.run.id) }) {
      switch record.outcome(on: pattern) {
      case .success(let score): values.append(score)
      case .failure(let absence): missing.append(absence)
      }
    }
    self.init(values: values, missing: missing)
  }
}

extension Estimate.Missing: Error {}

extension RunRecord {
  /// The run's value on a metric, or why it has none.
  func outcome(on pattern: MetricID) -> Result<Estimate.Value, Estimate.Missing> {
    func missing(_ status: String, _ reason: String) -> Result<Estimate.Value, Estimate.Missing> {
      .failure(Estimate.Missing(seed: run.seed, status: status, reason: reason))
    }
    guard run.status == .done else {
      return missing(run.status.rawValue, run.reason ?? "the run is \(run.status.rawValue)")
    }
    guard let score = score(pattern) else {
      return missing("not measured", "\(pattern) was not measured on this run")
    }
    guard let value = score.value else {
      return missing(score.status.rawValue, score.reason ?? "\(score.metric) has no value")
    }
    return .success(
      Estimate.Value(
        seed: run.seed, run: run.id, metric: score.metric, value: value, isExternal: run.isExternal))
  }
}
