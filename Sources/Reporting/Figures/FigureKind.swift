package import Comparison
package import Experiments

/// A way of drawing a paper's figure again from what runs left; a new one is a file and a line in `FigureKindCatalog`.
package protocol FigureKind: Sendable {
  /// What papers' files call it.
  var name: String { get }

  /// What the names in a figure's `shows` are names of.
  var material: FigureMaterial { get }

  /// Whether experiments are set against a parameter.
  var needsParameter: Bool { get }

  /// What is drawn of the figure on one of its datasets; empty where nothing is stored for it.
  func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) throws -> [Block]
}

extension FigureKind {
  package var needsParameter: Bool { false }
}

/// What figures are drawn from.
package enum FigureMaterial: Sendable {
  case curves, metrics, artefacts
}

/// The kinds of figures there are, in order of name.
package enum FigureKindCatalog {
  package static let all: [any FigureKind] = [
    CloudFigure(),
    CurveFigure(),
    CurvesTogetherFigure(),
    DotFigure(),
    ImageFigure(),
    SweepFigure(),
  ]

  static func kind(of figure: PaperFigure) -> (any FigureKind)? { all.first { $0.name == figure.kind } }
}

extension Findings {
  /// The experiments of a figure on a dataset, in its order.
  func experiments(of figure: PaperFigure, on dataset: String) -> [Experiment] {
    figure.experiments.filter { $0.dataset == dataset }.compactMap(experiment)
  }

  /// Whether a finished run left this for a figure.
  func has(_ name: String, _ material: FigureMaterial, of experiment: ExperimentID) -> Bool {
    switch material {
    case .artefacts: artefact(name, of: experiment) != nil
    case .curves: done(experiment).contains { record in record.curves.contains { $0.name == name } }
    case .metrics: MetricID(name).map { estimate(of: experiment, metric: $0).mean != nil } ?? false
    }
  }

  /// Whether one of the paper's figures draws this, so that no other section need do so again.
  func isInFigure(_ name: String, of experiment: ExperimentID) -> Bool {
    paper.figures.contains { $0.shows.contains(name) && $0.experiments.contains(experiment) }
  }
}
