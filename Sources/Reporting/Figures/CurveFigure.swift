package import Comparison
package import Experiments

/// A chart for each curve, with a line for each method.
package struct CurveFigure: FigureKind {
  package let name = "curves"
  package let material = FigureMaterial.curves

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) -> [Block] {
    figure.shows.compactMap { curve in
      CurveChart(
        curve, of: findings.experiments(of: figure, on: dataset), as: "\(figure.id) \(curve) \(dataset)", in: findings)
    }.blocks
  }
}

/// A chart for each method, with a line for each curve.
package struct CurvesTogetherFigure: FigureKind {
  package let name = "curves-together"
  package let material = FigureMaterial.curves

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) -> [Block] {
    findings.experiments(of: figure, on: dataset).compactMap { chart(of: $0, figure, findings) }.blocks
  }

  private func chart(of experiment: Experiment, _ figure: PaperFigure, _ findings: Findings) -> CurveChart? {
    let styles = LineStyle.counted(figure.shows.count)
    let series = zip(figure.shows, styles).compactMap { curve, style in
      LineChart.Series(
        name: CurveWords.words(for: curve).title, style: style, curve: curve, of: experiment.id, in: findings)
    }
    guard !series.isEmpty, let words = figure.shows.first.map(CurveWords.words) else { return nil }
    return CurveChart(
      series, title: "\(experiment.title) on \(findings.heading(of: experiment.id.dataset)): \(words.y)", x: words.x,
      y: words.y,
      anchor: "\(figure.id) \(experiment.id.withinPaper)", about: Topic(experiment.id), tier: findings.tier)
  }
}
