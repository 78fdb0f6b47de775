/// One configuration of a paper, at every tier.
package struct Experiment: Codable, Hashable, Sendable {
  package let id: ExperimentID
  /// The heading of its rows in tables, e.g. "β-VAE-H".
  package let title: String
  /// The metrics measured on it, in the order in which tables show them.
  package let metrics: [MetricID]
  /// The tiers of those metrics that are not measured at all of them, because they take too long.
  package let tiersOfMetrics: [MetricID: [Tier]]
  /// The resolved configuration of each tier.
  package let configurations: [Tier: Configuration]
  /// Where it departs from what it reads, each a sentence.
  package let departures: [String]

  package init(
    id: ExperimentID, title: String, metrics: [MetricID], tiersOfMetrics: [MetricID: [Tier]] = [:],
    configurations: [Tier: Configuration], departures: [String]
  ) {
    self.id = id
    self.title = title
    self.metrics = metrics
    self.tiersOfMetrics = tiersOfMetrics
    self.configurations = configurations
    self.departures = departures
  }

  /// The metrics measured on it at a tier.
  package func metrics(at tier: Tier) -> [MetricID] { metrics.filter { tiersOfMetrics[$0]?.contains(tier) ?? true } }
}

/// A paper: its experiments, its claims and what it published.
package struct Paper: Codable, Hashable, Sendable {
  /// The folder's name in Baselines, e.g. `dpvae`.
  package let name: String
  package let title: String
  /// Authors, venue and arXiv number.
  package let source: String
  package let experiments: [Experiment]
  package let claims: [Claim]
  /// Its figures that are drawn again, in the paper's order.
  package let figures: [PaperFigure]
  package let published: [Published]
  /// Departures that hold for all of its experiments.
  package let departures: [String]
  /// What the paper has and the harness does not, each with the reason; tables show it as not implemented.
  package let notImplemented: [String]
  /// What tables call a method, by its id; those too that are only published and not run here.
  package let headings: [String: String]
  /// What tables call a dataset, by its id.
  package let datasetHeadings: [String: String]
  /// How its tables are laid out, where that does not follow from the order of their cells.
  package let layouts: [TableLayout]
  /// How far its metrics may move before a change counts.
  package let thresholds: Thresholds

  package init(
    name: String, title: String, source: String, experiments: [Experiment], claims: [Claim],
    figures: [PaperFigure] = [], published: [Published], departures: [String], notImplemented: [String],
    headings: [String: String] = [:], datasetHeadings: [String: String] = [:], layouts: [TableLayout] = [],
    thresholds: Thresholds = Thresholds(usual: 0.05)
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.experiments = experiments
    self.claims = claims
    self.figures = figures
    self.published = published
    self.departures = departures
    self.notImplemented = notImplemented
    self.headings = headings
    self.datasetHeadings = datasetHeadings
    self.layouts = layouts
    self.thresholds = thresholds
  }
}

/// What of a printed table does not follow from the order of its cells.
package struct TableLayout: Codable, Hashable, Sendable {
  /// The table's name, e.g. "Table 2".
  package let table: String
  /// A method to the one in whose row it stands: in print, a row may be one method on each dataset.
  package let rows: [String: String]

  package init(table: String, rows: [String: String]) {
    self.table = table
    self.rows = rows
  }
}

/// A number as a paper prints it.
package struct Published: Codable, Hashable, Sendable {
  package let paper: String
  package let table: String
  package let dataset: String
  /// The method's name as in experiment ids.
  package let method: String
  /// The column's heading in the paper, e.g. "FID(LP)".
  package let column: String
  /// The metric of ours that stands for the column, where there is one.
  package let metric: MetricID?
  /// How the paper measured it, in the words of our metrics' ids; empty where it does not say.
  package let `protocol`: String
  /// `nil` where the cell is blank or was not found.
  package let value: Double?
  package let deviation: Double?
  /// The two as the paper prints them, `16.0`.
  package let printedValue: String?
  package let printedDeviation: String?
  package let unit: String
  package let source: String
  package let note: String

  /// - Parameters:
  ///   - printedValue: the number with the digits that the paper gives it; without it, as few as it takes.
  package init(
    paper: String, table: String, dataset: String, method: String, column: String, metric: MetricID?,
    protocol: String = "", value: Double?, deviation: Double?, printedValue: String? = nil,
    printedDeviation: String? = nil, unit: String, source: String, note: String
  ) {
    self.paper = paper
    self.table = table
    self.dataset = dataset
    self.method = method
    self.column = column
    self.metric = metric
    self.protocol = `protocol`
    self.value = value
    self.deviation = deviation
    self.printedValue = printedValue ?? value.map(Self.brief)
    self.printedDeviation = printedDeviation ?? deviation.map(Self.brief)
    self.unit = unit
    self.source = source
    self.note = note
  }

  /// The number as the paper prints it, with its deviation; nothing where the cell is blank.
  package var shown: String {
    guard let printedValue else { return "" }
    return (printedValue + (printedDeviation.map { " ± \($0)" } ?? "")).replacing("-", with: "−")
  }

  private static func brief(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
