/// Scores of ours as they stood when somebody promoted them, by which later runs are judged.
package struct Snapshot: Codable, Hashable, Sendable {
  /// E.g. `2026-11-21` or `v1.2`.
  package let name: String
  /// Seconds since 1970.
  package let promoted: Double
  /// In order of experiment, tier, seed and metric.
  package let scores: [Entry]

  package init(name: String, promoted: Double, scores: [Entry]) {
    self.name = name
    self.promoted = promoted
    self.scores = scores
  }

  package struct Entry: Codable, Hashable, Sendable {
    package let experiment: ExperimentID
    package let tier: Tier
    package let seed: Int
    package let configurationHash: String
    /// The run's weights; an external run has none.
    package let weightsHash: String?
    /// The version of the code that made the run.
    package let code: String
    package let metric: MetricID
    package let value: Double
    package let direction: Direction

    package init(
      experiment: ExperimentID, tier: Tier, seed: Int, configurationHash: String, weightsHash: String?, code: String,
      metric: MetricID, value: Double, direction: Direction
    ) {
      (self.experiment, self.tier, self.seed) = (experiment, tier, seed)
      (self.configurationHash, self.weightsHash, self.code) = (configurationHash, weightsHash, code)
      (self.metric, self.value, self.direction) = (metric, value, direction)
    }
  }

  /// The scores of finished runs, as a snapshot.
  package init(name: String, promoted: Double, records: [RunRecord]) {
    let runs = records.filter { $0.run.status == .done }
    let scores = runs.flatMap { record in
      record.scores.compactMap { score in
        score.value.map { value in
          Entry(
            experiment: record.run.experiment, tier: record.run.tier, seed: record.run.seed,
            configurationHash: record.run.configurationHash, weightsHash: record.run.weightsHash,
            code: record.run.provenance?.code ?? "unknown", metric: score.metric, value: value,
            direction: score.direction)
        }
      }
    }
    self.init(
      name: name, promoted: promoted,
      scores: scores.sorted {
        ($0.experiment, $0.tier, $0.seed, $0.metric) < ($1.experiment, $1.tier, $1.seed, $1.metric)
      })
  }
}
