import Datasets
import Experiments
import Methods
import Metrics
import Networks

/// A kind of thing that there is a catalog of.
package enum Kind: String, Sendable, CaseIterable {
  case claims, datasets, experiments, methods, metrics, networks, papers
}

/// Rows under headings, of text.
package struct Listing: Sendable, Equatable {
  package let columns: [String]
  package let rows: [[String]]

  package init(columns: [String], rows: [[String]]) { (self.columns, self.rows) = (columns, rows) }
}

extension PaperCatalog {
  /// All things of a kind.
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
    case .experiments:
      Listing(
        columns: ["experiment", "network", "iterations (smoke, nightly, paper)"],
        rows: experiments.map { experiment in
          let lengths = Tier.allCases.compactMap { experiment.configurations[$0]?.training.iterations }
          return [
            experiment.id.description, experiment.configurations[.paper]?.network.name ?? "",
            lengths.map(String.init).joined(separator: ", "),
          ]
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
    }
  }
}
