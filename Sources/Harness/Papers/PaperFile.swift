import Experiments

/// A paper's YAML file as it is written; Baselines/README.md describes the form.
struct PaperFile: Decodable {
  let title: String
  let source: String
  /// Dataset names and how sentences call them.
  let datasets: [String: String]
  /// Method ids and their headings.
  let methods: [String: String]
  let experiments: [Block]
  let layers: [Layer]
  let claims: [ClaimEntry]
  let departures: [String]
  let notImplemented: [String]

  /// Datasets × methods × readings, measured alike.
  struct Block: Decodable {
    let datasets: [String]
    let methods: [String]
    let readings: [Reading]
    let metrics: [MetricID]
    let slowMetrics: SlowMetrics?
  }

  /// Metrics that are measured at some tiers only, because they take too long for the others.
  struct SlowMetrics: Decodable {
    let tiers: [Tier]
    let metrics: [MetricID]
  }

  /// Settings that lie over those before them, where their conditions hold.
  struct Layer: Decodable {
    let when: Condition?
    let settings: SettingsTree
    let departures: [String]?
  }

  /// Each list that is given must contain the experiment's own; names of datasets and methods may have shell wildcards.
  struct Condition: Decodable {
    let datasets: [String]?
    let methods: [String]?
    let readings: [Reading]?
    let tiers: [Tier]?
  }

  /// The same claim of pairs of methods on several datasets.
  ///
  /// In `id` and `statement`, `{dataset}`, `{better}` and `{worse}` stand for what a claim is about: ids there, headings here.
  struct ClaimEntry: Decodable {
    let id: String
    let statement: String
    let source: String
    let datasets: [String]
    /// Methods, the better first; with `+code` or `+matched` where that is the reading.
    let pairs: [SettingsTree]
    let metric: MetricID
    let tier: Tier
    let seeds: Int
    let level: Double
  }
}

extension PaperFile.Condition {
  func holds(for id: ExperimentID, tier: Tier) -> Bool {
    covers(datasets, id.dataset) && covers(methods, id.method) && contains(readings, id.reading)
      && contains(tiers, tier)
  }

  private func contains<T: Equatable>(_ list: [T]?, _ item: T) -> Bool { list?.contains(item) ?? true }

  private func covers(_ patterns: [String]?, _ name: String) -> Bool {
    patterns?.contains { $0 == name || matches($0, name) } ?? true
  }
}
