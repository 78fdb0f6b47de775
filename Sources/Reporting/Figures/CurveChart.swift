import Comparison
import Experiments

/// A line chart on a page: the picture, and the numbers in it.
struct CurveChart {
  let figure: Figure
  let table: Table

  /// Of the curve that runs left, a line for each of the experiments; `nil` where none has it.
  init?(_ name: String, of experiments: [Experiment], as anchor: String, in findings: Findings) {
    let words = CurveWords.words(for: name)
    let series = zip(experiments, LineStyle.styles(of: experiments)).compactMap { experiment, style in
      LineChart.Series(name: experiment.title, style: style, curve: name, of: experiment.id, in: findings)
    }
    guard !series.isEmpty else { return nil }
    let place = experiments.map(\.id.dataset).withoutRepetition.map(findings.heading).joined(separator: ", ")
    self.init(
      series, title: "\(words.title.capitalisedFirst) on \(place)", x: words.x, y: words.y, anchor: anchor,
      about: Topic(experiments.map(\.id)), tier: findings.tier)
  }

  init(
    _ series: [LineChart.Series], title: String, x: String, y: String, anchor: String, about topic: Topic, tier: Tier,
    isLogarithmicAcross: Bool = false
  ) {
    let drawn = CurveChart.counted(series)
    let scale = CurveChart.scale(of: series.flatMap(\.points).map(\.mean))
    let ends = series.compactMap { each in
      each.points.last.map {
        "\(each.name) ends at \(Numerals.significant($0.mean)) for \(x) \(ChartTable.words(for: $0.x))"
      }
    }
    let summary = "Lines of \(title). " + ends.map { $0 + ". " }.joined()
    let chart = LineChart(
      title: title, summary: summary, x: .init(text: x, scale: isLogarithmicAcross ? .logarithmic : .linear),
      y: .init(text: y, scale: scale), series: drawn)
    let seeds = CurveChart.words(forSeeds: series.map(\.seeds))
    figure = Figure(
      name: Anchors.slug(anchor), alternative: summary,
      caption: "\(strong: title)"
        + Prose(", \(seeds)" + (scale == .logarithmic ? "; logarithmic axis" : "")),
      content: .drawing(chart.drawing), about: topic)
    table = ChartTable.of(series, title: title, x: x, y: y, tier: tier)
  }

  /// `mean of 5 seeds ± one standard deviation`
  static func words(forSeeds counts: [Int]) -> String {
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return "one seed" }
    let seeds = least == most ? "\(most)" : "\(least) to \(most)"
    return "mean of \(seeds) seeds ± one standard deviation"
  }

  /// The names with their numbers of seeds, where these differ.
  private static func counted(_ series: [LineChart.Series]) -> [LineChart.Series] {
    guard Set(series.map(\.seeds)).count > 1 else { return series }
    return series.map { LineChart.Series(name: "\($0.name) (\($0.seeds))", style: $0.style, points: $0.points) }
  }

  /// Logarithmic where that shows more: all values positive and more than a factor of eight apart.
  static func scale(of values: [Double]) -> Axis.Scale {
    guard let low = values.min(), let high = values.max(), low > 0 else { return .linear }
    return high / low > 8 ? .logarithmic : .linear
  }
}

extension [CurveChart] {
  /// The charts side by side, and their numbers folded away.
  var blocks: [Block] {
    isEmpty
      ? []
      : [
        .figures(map(\.figure)),
        .details(
          Prose("The numbers behind \(count == 1 ? "this chart" : "these \(count) charts")"), map { .table($0.table) }),
      ]
  }
}

extension LineChart.Series {
  /// A curve of an experiment's finished runs; `nil` where none has left it.
  init?(name: String, style: LineStyle, curve: String, of experiment: ExperimentID, in findings: Findings) {
    let lines = findings.done(experiment).map { record in
      record.curves.filter { $0.name == curve }.sorted { $0.iteration < $1.iteration }
        .map { (x: Double($0.iteration), y: $0.value) }
    }
    let drawn = lines.filter { !$0.isEmpty }
    self.init(name: name, style: style, lines: drawn)
    if points.isEmpty { return nil }
  }
}
