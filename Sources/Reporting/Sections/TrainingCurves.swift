import Comparison
import Experiments

/// Losses by iteration: each seed thin, their mean strong.
struct TrainingCurves: Section {
  let title = "Training curves"

  /// What is drawn first; other curves of a method follow in order of name.
  private static let first = ["loss", "reconstruction", "kl"]

  private static let words = [
    "kl": "KL divergence", "log-sigma": "log σ of the decoder", "reconstruction": "reconstruction loss",
    "second-log-sigma": "log σ of the second stage's decoder",
  ]

  func body(_ findings: Findings) -> [Block] {
    let figures = findings.datasets.map { (dataset: $0, figures: self.figures($0, findings)) }
    let drawn = figures.filter { !$0.figures.isEmpty }
    if drawn.isEmpty {
      "No finished run has left a training curve."
    } else {
      "The mean over finished seeds is the strong line, each seed a thin one. Each point is a mean over the iterations since the one before."
      for part in drawn {
        Block.heading("Training on \(part.dataset)", level: 3)
        Block.figures(part.figures)
      }
    }
  }

  private func figures(_ dataset: String, _ findings: Findings) -> [Figure] {
    let experiments = findings.begun(on: dataset)
    let names = experiments.flatMap { findings.done($0.id).flatMap(\.curves).map(\.name) }.withoutRepetition
    let elsewhere = [LeakageCurves.curve] + Spectra.words.keys
    let others = names.filter { !Self.first.contains($0) && !elsewhere.contains($0) }.sorted()
    return (Self.first.filter(names.contains) + others).map { name in
      let series = CurveSeries.gather(name, of: experiments, findings)
      let word = Self.words[name] ?? name
      return CurveSeries.figure(
        series, name: "curve-\(dataset)-\(name)", title: "\(word) on \(dataset)", x: "iteration",
        y: word + (Self.first.contains(name) ? " (nats per item)" : ""),
        isLogarithmic: CurveSeries.spansDecades(series), about: Topic(experiments.map(\.id)))
    }
  }
}

/// The curves of experiments as series of a chart.
enum CurveSeries {
  static func gather(_ name: String, of experiments: [Experiment], _ findings: Findings) -> [LineChart.Series] {
    experiments.compactMap { experiment in
      let lines = findings.done(experiment.id).map { record in
        record.curves.filter { $0.name == name }.sorted { $0.iteration < $1.iteration }
          .map { (x: Double($0.iteration), y: $0.value) }
      }
      let drawn = lines.filter { !$0.isEmpty }
      return drawn.isEmpty ? nil : LineChart.Series(name: "\(experiment.title) (\(drawn.count))", lines: drawn)
    }
  }

  /// Whether a logarithmic axis shows more: all values positive and more than a factor of eight apart.
  static func spansDecades(_ series: [LineChart.Series]) -> Bool {
    let values = series.flatMap { $0.lines.joined() }.map(\.y).filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low > 0 else { return false }
    return high / low > 8
  }

  static func figure(
    _ series: [LineChart.Series], name: String, title: String, x: String, y: String, isLogarithmic: Bool,
    about topic: Topic
  ) -> Figure {
    let ends = series.compactMap { each in
      each.mean.last.map { "\(each.name) ends at \(Numerals.significant($0.y)) for \(x) \(Int($0.x))" }
    }
    let summary = "Lines of \(title). " + ends.map { $0 + ". " }.joined()
    let chart = LineChart(
      title: title, summary: summary, x: .init(text: x, scale: .linear),
      y: .init(text: y, scale: isLogarithmic ? .logarithmic : .linear), series: series)
    return Figure(
      name: Anchors.slug(name), alternative: summary,
      caption: Prose(title.prefix(1).uppercased() + title.dropFirst() + (isLogarithmic ? ", logarithmic axis." : ".")),
      content: .drawing(chart.drawing), about: topic)
  }
}
