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
  /// How tables are laid out, where that does not follow from the order of their cells.
  let tables: [TableLayout]?
  let claims: [ClaimEntry]
  /// The paper's figures that are drawn again; `nil` where none is.
  let figures: [FigureEntry]?
  /// How near to the published numbers ours must come; `nil` where no cell of a table is claimed to be obtained.
  let values: ValuesEntry?
  /// How far our own scores may move before `assay compare` counts it.
  let thresholds: Thresholds
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

  /// The same claim on several datasets; exactly one of `pairs`, `ranking`, `monotone` and `equal` says what it is.
  ///
  /// In `id` and `statement`, `{dataset}` stands for what a claim is about, and in claims of pairs `{better}` and `{worse}`
  /// do: ids there, headings here.
  struct ClaimEntry: Decodable {
    let id: String
    let statement: String
    let source: String
    let datasets: [String]
    /// Methods, the better first; with `+code` or `+matched` where that is the reading.
    let pairs: [SettingsTree]?
    /// Methods, the best first.
    let ranking: SettingsTree?
    let monotone: Monotone?
    let equal: Equal?
    let metric: MetricID
    let tier: Tier
    let seeds: Int
    let level: Double
    /// Which test decides: t where nothing is said.
    let test: Claim.Test?

    struct Monotone: Decodable {
      /// Methods in the order of a parameter.
      let methods: SettingsTree
      let trend: Assertion.Trend
    }

    struct Equal: Decodable {
      let pairs: [SettingsTree]
      /// In the metric's unit.
      let margin: Double
    }
  }

  /// A figure on several datasets, with the same experiments on each.
  struct FigureEntry: Decodable {
    let id: String
    let title: String
    let source: String
    /// How it departs from the paper's.
    let note: String
    let kind: SettingsTree
    let datasets: SettingsTree
    /// Methods in the order of the figure; with `+code` or `+matched` where that is the reading.
    let methods: SettingsTree
    /// Names of what the kind draws: curves, metrics or artefacts.
    let shows: SettingsTree
    let parameter: ParameterEntry?

    struct ParameterEntry: Decodable {
      let title: String
      /// Methods and their values.
      let values: [String: Double]
      /// Places the methods without a value.
      let metric: MetricID?
    }
  }

  /// Every cell of the paper's tables as a claim that it is obtained.
  struct ValuesEntry: Decodable {
    /// The share of the published value by which ours may differ.
    let tolerance: Double
    let seeds: Int
    let level: Double
    /// The trials behind the published deviations, where the paper has such.
    let trials: Int?
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
