import Comparison
import Experiments

/// Leakage by threshold: how much of the aggregate posterior lies where the prior is thin.
struct LeakageCurves: Section {
  let title = "Leakage"

  /// The curve's name in a run; its iterations are thresholds.
  static let curve = "leakage"

  func body(_ findings: Findings) -> [Block] {
    let figures = findings.datasets.compactMap { figure($0, findings) }
    if figures.isEmpty {
      "No finished run has left a leakage curve."
    } else {
      "For samples of the aggregate posterior q(z) whose log-density log p(g(z)) in generation space is below the threshold t, the leakage score is the mean of log q(z) − log p(g(z)), and 0 where no sample is below t. Lower is better."
      Block.figures(figures)
    }
  }

  private func figure(_ dataset: String, _ findings: Findings) -> Figure? {
    let series = CurveSeries.gather(Self.curve, of: findings.begun(on: dataset), findings)
    guard !series.isEmpty else { return nil }
    return CurveSeries.figure(
      series, name: "leakage-\(dataset)", title: "leakage on \(dataset)", x: "threshold t of the prior log-density",
      y: "leakage score (nats)", isLogarithmic: false,
      about: Topic(findings.begun(on: dataset).map(\.id)))
  }
}
