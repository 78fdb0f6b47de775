import Experiments

/// A paper's YAML file as it is written; Baselines/README.md describes the form.
struct PaperFile: Decodable {
  let title: String
  let source: String
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
  }

  /// Settings that lie over those before them, where their conditions hold.
  struct Layer: Decodable {
    let when: Condition?
    let settings: SettingsTree
    let departures: [String]?
  }

  /// Each list that is given must contain the experiment's own.
  struct Condition: Decodable {
    let datasets: [String]?
    let methods: [String]?
    let readings: [Reading]?
    let tiers: [Tier]?
  }

  struct ClaimEntry: Decodable {
    let id: String
    let statement: String
    let source: String
    let better: ExperimentID
    let worse: ExperimentID
    let metric: MetricID
    let tier: Tier
    let seeds: Int
    let level: Double
  }
}

extension PaperFile.Condition {
  func holds(for id: ExperimentID, tier: Tier) -> Bool {
    contains(datasets, id.dataset) && contains(methods, id.method) && contains(readings, id.reading)
      && contains(tiers, tier)
  }

  private func contains<T: Equatable>(_ list: [T]?, _ item: T) -> Bool { list?.contains(item) ?? true }
}

extension PaperFile.ClaimEntry {
  /// The claim, its id prefixed with the paper's name.
  func claim(of paper: String) -> Claim {
    Claim(
      id: "\(paper)/\(id)", statement: statement, source: source, tier: tier, seeds: seeds, level: level,
      assertion: .ordering(better: better, worse: worse, metric: metric))
  }
}
