import Comparison
import Experiments

/// Every metric of every experiment, also those that the paper does not have.
struct Scores: Section {
  let title = "Scores"

  func body(_ findings: Findings) -> [Block] {
    let datasets = findings.datasets.filter { !findings.begun(on: $0).isEmpty }
    if datasets.isEmpty {
      "No experiment of this paper has a run at tier \(findings.tier.rawValue)."
    } else {
      "Mean over seeds ± sample standard deviation, with the number of seeds in brackets. ↓ means that lower is better, ↑ that higher is."
      for dataset in datasets { Scores.table(findings, on: dataset) }
    }
    if !findings.unbegun.isEmpty, !datasets.isEmpty {
      Block.note(
        "Not run at tier \(findings.tier.rawValue): " + Prose(codes: findings.unbegun.map(\.id.description)) + ".",
        .faint)
    }
  }

  /// Metrics by experiments, side by side.
  private static func table(_ findings: Findings, on dataset: String) -> Table {
    let experiments = findings.begun(on: dataset)
    let metrics = experiments.flatMap { $0.metrics(at: findings.tier) }.withoutRepetition
    return Table(
      caption: "Scores on \(dataset)", tier: findings.tier,
      columns: [Column("metric", .name), Column("unit", .text)]
        + experiments.map { Column($0.title, .estimate, about: Topic($0.id)) },
      rows: metrics.map { metric in
        let kind = Kind(of: metric, in: findings, on: dataset)
        return Row(
          [.text("\(code: metric.description)"), .text(Prose(kind.unit + kind.arrow))]
            + experiments.map { cell(of: $0, metric, findings) }, about: Topic(datasets: [dataset]))
      },
      notes: missing(experiments, findings) + ExternalRuns(of: experiments.map(\.id), in: findings).notes
        + protocols(of: metrics, experiments: experiments, findings))
  }

  private static func missing(_ experiments: [Experiment], _ findings: Findings) -> [Prose] {
    MissingSeeds(
      entries: experiments.flatMap { experiment in
        experiment.metrics(at: findings.tier).map { metric in
          (experiment.title, metric.description, findings.estimate(of: experiment.id, metric: metric))
        }
      }
    ).notes
  }

  private static func cell(of experiment: Experiment, _ metric: MetricID, _ findings: Findings) -> Cell {
    guard experiment.metrics(at: findings.tier).contains(metric) else { return .missing("not asked for") }
    return .estimate(findings.estimate(of: experiment.id, metric: metric))
  }

  /// The full ids, where these say more than the rows do.
  private static func protocols(of metrics: [MetricID], experiments: [Experiment], _ findings: Findings) -> [Prose] {
    let full = metrics.flatMap { metric in
      experiments.flatMap { findings.estimate(of: $0.id, metric: metric).values.map(\.metric) }.withoutRepetition
        .filter { $0 != metric }
    }
    return full.isEmpty ? [] : ["In full: " + Prose(codes: full.map(\.description)) + "."]
  }

  /// Every estimate in a row of its own, for programs.
  static func long(_ findings: Findings) -> Table {
    let pairs = paired(findings)
    return Table(
      caption: "Scores of \(findings.paper.title)", tier: findings.tier,
      columns: [
        Column("experiment", .name), Column("metric", .text), Column("unit", .text), Column("better", .text),
        Column("obtained", .estimate),
      ],
      rows: pairs.map { experiment, metric in
        let kind = Kind(of: metric, in: findings, on: experiment.id.dataset)
        return Row(
          [
            .text("\(code: experiment.id.description)"), .text("\(code: metric.description)"), .text(Prose(kind.unit)),
            .text(Prose(kind.better)), .estimate(findings.estimate(of: experiment.id, metric: metric)),
          ], about: Topic(experiment.id))
      }, notes: ExternalRuns(of: findings.paper.experiments.map(\.id), in: findings).notes)
  }

  private static func paired(_ findings: Findings) -> [(Experiment, MetricID)] {
    findings.paper.experiments.flatMap { experiment in experiment.metrics(at: findings.tier).map { (experiment, $0) } }
  }

  /// A metric's unit and direction, as its scores say; nothing where there is no score yet.
  private struct Kind {
    let unit: String
    let direction: Direction?

    init(of metric: MetricID, in findings: Findings, on dataset: String) {
      let scores = findings.records.lazy.filter { $0.run.experiment.dataset == dataset }.compactMap { $0.score(metric) }
      unit = scores.first?.unit ?? ""
      direction = scores.first?.direction
    }

    var better: String { direction?.rawValue ?? "" }

    var arrow: String {
      switch direction {
      case .lower: "\u{A0}↓"
      case .higher: "\u{A0}↑"
      case .neither, nil: ""
      }
    }
  }
}

extension Prose {
  /// Names as typed, with commas between them.
  init(codes names: [String]) {
    self.init(Array(names.map { [Span.code($0)] }.joined(separator: [.text(", ")])))
  }
}
