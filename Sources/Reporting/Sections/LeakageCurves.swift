import Comparison
import Experiments

/// Leakage by threshold, of the experiments that no figure of the paper shows: how much of the aggregate posterior lies
/// where the prior is thin.
struct LeakageCurves: Section {
  let title = "Leakage"

  /// The curve's name in a run; its iterations are thresholds.
  static let curve = "leakage"

  func body(_ findings: Findings) -> [Block] {
    let charts = findings.datasets.compactMap { dataset in
      CurveChart(
        Self.curve, of: findings.begun(on: dataset).filter { !findings.isInFigure(Self.curve, of: $0.id) },
        as: "leakage-\(dataset)", in: findings)
    }
    "For samples of the aggregate posterior q(z) whose log-density log p(g(z)) in generation space is below the threshold t, the leakage score is the mean of log q(z) − log p(g(z)), and 0 where no sample is below t. Lower is better."
    if charts.isEmpty {
      findings.paper.figures.contains { $0.shows.contains(Self.curve) }
        ? Prose("The paper's figures show it; no other experiment has a finished run with a leakage curve.")
        : Prose("No finished run has left a leakage curve.")
    } else {
      charts.blocks
    }
  }
}
