package import Comparison
package import Experiments

/// Metrics against a parameter: a chart for each unit, with a line for each metric over the methods that have a value of
/// the parameter, and a point for each other method where a metric of its own places it.
package struct SweepFigure: FigureKind {
  package let name = "sweep"
  package let material = FigureMaterial.metrics
  package let needsParameter = true

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) -> [Block] {
    let metrics = figure.shows.compactMap { MetricID($0) }
    return metrics.map { findings.unit(of: $0, on: dataset) }.withoutRepetition.compactMap { unit in
      chart(of: metrics.filter { findings.unit(of: $0, on: dataset) == unit }, unit, figure, dataset, findings)
    }.blocks
  }

  private func chart(
    of metrics: [MetricID], _ unit: String, _ figure: PaperFigure, _ dataset: String, _ findings: Findings
  ) -> CurveChart? {
    guard let parameter = figure.parameter else { return nil }
    let experiments = findings.experiments(of: figure, on: dataset)
    let lines = zip(metrics, LineStyle.counted(metrics.count)).flatMap { metric, style in
      series(metric, style, over: experiments, by: parameter, findings)
    }
    guard !lines.isEmpty else { return nil }
    let places = lines.flatMap(\.points).map(\.x)
    return CurveChart(
      lines, title: "\(figure.title) on \(findings.heading(of: dataset))", x: parameter.title, y: unit,
      anchor: "\(figure.id) \(unit) \(dataset)", about: Topic(experiments.map(\.id)), tier: findings.tier,
      isLogarithmicAcross: CurveChart.scale(of: places) == .logarithmic)
  }

  /// The metric's line, and its points beside the line.
  private func series(
    _ metric: MetricID, _ style: LineStyle, over experiments: [Experiment], by parameter: PaperFigure.Parameter,
    _ findings: Findings
  ) -> [LineChart.Series] {
    let points = experiments.compactMap { experiment in
      parameter.value(of: experiment.id).flatMap { point(of: experiment, metric, at: $0, findings) }
    }.sorted { $0.x < $1.x }
    let line = points.isEmpty ? [] : [LineChart.Series(name: metric.name, style: style, points: points)]
    return line + experiments.compactMap { beside($0, metric, style, parameter, findings) }
  }

  private func beside(
    _ experiment: Experiment, _ metric: MetricID, _ style: LineStyle, _ parameter: PaperFigure.Parameter,
    _ findings: Findings
  ) -> LineChart.Series? {
    guard parameter.value(of: experiment.id) == nil, let placed = parameter.metric,
      let place = findings.estimate(of: experiment.id, metric: placed).mean
    else { return nil }
    return point(of: experiment, metric, at: place, findings).map {
      LineChart.Series(name: "\(metric.name) of \(experiment.title)", style: style, points: [$0])
    }
  }

  /// `nil` where no seed has a value.
  private func point(
    of experiment: Experiment, _ metric: MetricID, at place: Double, _ findings: Findings
  ) -> LineChart.Point? {
    let values = findings.estimate(of: experiment.id, metric: metric).values.map(\.value)
    return values.isEmpty ? nil : LineChart.Point(x: place, values: values)
  }
}
