import Comparison
import Experiments

/// Scores of a sweep's experiments over their seeds, a table for each dataset, in 80 columns.
struct ScoreTable {
  /// In the plan's order.
  let experiments: [Experiment]
  let records: [RunRecord]

  var text: String {
    var groups: [[Experiment]] = []
    for experiment in experiments {
      if let group = groups.last, belongs(experiment, to: group) {
        groups[groups.count - 1].append(experiment)
      } else {
        groups.append([experiment])
      }
    }
    return groups.map { table($0).text }.joined(separator: "\n\n")
  }

  /// Whether an experiment is of the group's paper and dataset, and its column still fits.
  private func belongs(_ experiment: Experiment, to group: [Experiment]) -> Bool {
    guard let first = group.first?.id, (first.paper, first.dataset) == (experiment.id.paper, experiment.id.dataset)
    else { return false }
    return table(group + [experiment]).width <= 80
  }

  private func table(_ group: [Experiment]) -> TextTable {
    let metrics = group.flatMap(metrics).reduce(into: [MetricID]()) { all, metric in
      if !all.contains(metric) { all.append(metric) }
    }
    let heading = group.first.map { "\($0.id.paper)/\($0.id.dataset)" } ?? ""
    return TextTable(
      columns: [heading] + group.map { $0.id.variant },
      rows: metrics.map { metric in [metric.description] + group.map { cell($0, metric) } })
  }

  /// Those that are measured at the sweep's tier.
  private func metrics(of experiment: Experiment) -> [MetricID] {
    records.first.map { experiment.metrics(at: $0.run.tier) } ?? experiment.metrics
  }

  /// `mean ± deviation (n)`, with a dagger where external runs are among them, or why there is none.
  private func cell(_ experiment: Experiment, _ metric: MetricID) -> String {
    let estimate = Estimate(of: metric, records: records.filter { $0.run.experiment == experiment.id })
    guard let mean = estimate.mean else { return estimate.missing.first?.status ?? "–" }
    let mark = estimate.externalSeeds.isEmpty ? "" : "†"
    return "\(Numerals.spread(mean, estimate.deviation)) (\(estimate.values.count))\(mark)"
  }
}
