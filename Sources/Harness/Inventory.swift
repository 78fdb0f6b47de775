import Datasets
import Distributions
package import Experiments
import Methods
import Metrics
import Networks

/// A kind of thing that there is a catalog of.
package enum Kind: String, Sendable, CaseIterable {
  case claims, datasets, experiments, likelihoods, methods, metrics, networks, papers, preprocessing
}

/// Rows under headings, of text.
package struct Listing: Sendable, Equatable {
  package let columns: [String]
  package let rows: [[String]]

  package init(columns: [String], rows: [[String]]) { (self.columns, self.rows) = (columns, rows) }
}

extension PaperCatalog {
  /// All things of a kind; of experiments the ids alone.
  package func listing(of kind: Kind) -> Listing {
    switch kind {
    case .claims:
      Listing(
        columns: ["claim", "from tier", "statement"],
        rows: papers.flatMap(\.claims).map { [$0.id, $0.tier.rawValue, $0.statement] })
    case .datasets:
      Listing(
        columns: ["dataset", "items", "title"],
        rows: DatasetCatalog.all.map { recipe in
          let card = recipe.card
          return [card.name, "\(card.trainCount) + \(card.testCount)", card.title]
        })
    case .experiments: Listing(columns: ["experiment"], rows: experiments.map { [$0.id.description] })
    case .likelihoods:
      Listing(
        columns: ["likelihood", "measures", "title", "source"],
        rows: LikelihoodCatalog.all.map {
          [$0.card.name, $0.card.measure.rawValue, $0.card.title, $0.card.source]
        })
    case .methods:
      Listing(
        columns: ["method", "title", "source"],
        rows: MethodCatalog.all.map { [$0.card.name, $0.card.title, $0.card.source] })
    case .metrics:
      Listing(
        columns: ["metric", "title", "unit", "better", "source"],
        rows: MetricCatalog.all.map { metric in
          let card = metric.card
          return [card.name, card.title, card.unit, card.direction.rawValue, card.source]
        })
    case .networks:
      Listing(
        columns: ["network", "title", "source"],
        rows: NetworkCatalog.all.map { [$0.card.name, $0.card.title, $0.card.source] })
    case .papers:
      Listing(columns: ["paper", "title", "source"], rows: papers.map { [$0.name, $0.title, $0.source] })
    case .preprocessing:
      Listing(
        columns: ["preprocessing", "of", "what", "source"],
        rows: Preprocessing.all.map { step in
          let datasets = DatasetCatalog.all.filter { $0.init().steps.contains(step.name) }.map { $0.card.name }
          return [step.name, datasets.count > 2 ? "most" : datasets.joined(separator: ", "), step.title, step.source]
        })
    }
  }

  /// Experiments with the iterations of each tier, those of a second stage after a plus, and the time that training takes
  /// on one core of this machine: a table for each dataset of a paper.
  /// - Throws: `SettingsError` for an experiment that could not be traced.
  package func lengths(of experiments: [Experiment]) throws -> [Listing] {
    var estimate = TrainingEstimate()
    var listings: [Listing] = []
    for experiment in experiments {
      let row =
        try [experiment.id.variant]
        + Tier.allCases.map { tier in
          guard let configuration = experiment.configurations[tier] else { return "" }
          return Self.length(of: configuration.training) + " "
            + Self.roughly(seconds: try estimate.seconds(of: configuration))
        }
      let heading = "\(experiment.id.paper)/\(experiment.id.dataset)"
      if let place = listings.firstIndex(where: { $0.columns.first == heading }) {
        listings[place] = Listing(columns: listings[place].columns, rows: listings[place].rows + [row])
      } else {
        listings.append(Listing(columns: [heading] + Tier.allCases.map(\.rawValue), rows: [row]))
      }
    }
    return listings
  }

  /// `375k+750k`: iterations to three digits, and a second stage's.
  private static func length(of training: TrainingSettings) -> String {
    let counts = [training.iterations, training.secondStage.iterations].filter { $0 > 0 }
    return counts.map(short).joined(separator: "+")
  }

  private static func short(_ count: Int) -> String {
    count < 10_000 ? String(count) : count < 999_500 ? "\((count + 500) / 1000)k" : fixed(Double(count) / 1e6) + "M"
  }

  /// A time in one unit, to two digits where there are no more: `0.4s`, `12s`, `5min`, `3.1h`, `12d`.
  private static func roughly(seconds: Double) -> String {
    let units = [("s", 1.0, 100.0), ("min", 60, 100), ("h", 3600, 48), ("d", 86400, Double.infinity)]
    let (name, size, _) = units.first { seconds < $0.1 * $0.2 } ?? ("d", 86400, 0)
    return (seconds < 9.95 * size ? fixed(seconds / size) : Numerals.fixed(seconds / size, decimals: 0)) + name
  }

  private static func fixed(_ value: Double) -> String { Numerals.fixed(value, decimals: 1) }
}
