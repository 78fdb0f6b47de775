package import Comparison
package import Experiments

/// A chart for each metric, with a row for each method; ids that differ in their arguments alone share one.
package struct DotFigure: FigureKind {
  package let name = "dots"
  package let material = FigureMaterial.metrics

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) -> [Block] {
    let metrics = figure.shows.compactMap { MetricID($0) }
    let charts = metrics.map(\.name).withoutRepetition.compactMap { name in
      chart(of: metrics.filter { $0.name == name }, figure, dataset, findings)
    }
    guard !charts.isEmpty else { return [] }
    return [
      .figures(charts.map(\.figure)),
      .details(
        Prose("The numbers behind \(charts.count == 1 ? "this chart" : "these \(charts.count) charts")"),
        charts.map { .table($0.table) }),
    ]
  }

  private func chart(
    of metrics: [MetricID], _ figure: PaperFigure, _ dataset: String, _ findings: Findings
  ) -> (figure: Figure, table: Table)? {
    let experiments = findings.experiments(of: figure, on: dataset)
    let rows = zip(experiments, LineStyle.styles(of: experiments)).flatMap { experiment, style in
      metrics.compactMap { row(experiment, $0, style, isAlone: metrics.count == 1, findings) }
    }
    guard !rows.isEmpty, let metric = metrics.first else { return nil }
    let unit = findings.unit(of: metric, on: dataset)
    let (title, axis) = (
      "\(metric.name) on \(findings.heading(of: dataset))", metric.name + (unit.isEmpty ? "" : " (\(unit))")
    )
    let summary =
      "Dots of \(title). " + rows.map { "\($0.name): \(Numerals.spread($0.point.mean, $0.point.deviation)). " }.joined()
    let seeds = CurveChart.words(forSeeds: rows.map(\.point.count))
    let chart = DotChart(title: title, summary: summary, x: axis, rows: rows)
    let picture = Figure(
      name: Anchors.slug("\(figure.id) \(metric.name) \(dataset)"), alternative: summary,
      caption: "\(code: metric.name) on \(findings.heading(of: dataset)), \(seeds)",
      content: .drawing(chart.drawing), about: Topic(experiments.map(\.id)))
    return (picture, ChartTable.of(rows, title: title, x: axis, tier: findings.tier))
  }

  private func row(
    _ experiment: Experiment, _ metric: MetricID, _ style: LineStyle, isAlone: Bool, _ findings: Findings
  ) -> DotChart.Row? {
    let values = findings.estimate(of: experiment.id, metric: metric).values.map(\.value)
    guard !values.isEmpty else { return nil }
    let arguments = metric.arguments.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
    return DotChart.Row(
      name: experiment.title + (isAlone ? "" : ", \(arguments)"), style: style,
      point: LineChart.Point(x: 0, values: values))
  }
}

extension Findings {
  /// As the scores say; empty where there is none yet.
  func unit(of metric: MetricID, on dataset: String) -> String {
    records.lazy.filter { $0.run.experiment.dataset == dataset }.compactMap { $0.score(metric) }.first?.unit ?? ""
  }
}
