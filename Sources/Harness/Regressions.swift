package import Comparison
package import Experiments
import Foundation
import Store

/// What became of our own scores since a baseline was promoted.
package struct Regressions: Codable, Sendable {
  package let baseline: String
  package let changes: [Change]
  /// The series in which there is a step.
  package let steps: [History]
}

/// A metric's mean over seeds, baseline after baseline and then now, with the step in it.
package struct History: Codable, Sendable {
  package let experiment: ExperimentID
  package let tier: Tier
  package let metric: MetricID
  /// The baselines' names, `now` last.
  package let names: [String]
  package let means: [Double]
  package let step: Step
}

extension Workspace {
  /// The promoted baselines, the oldest first.
  /// - Throws: `StoreError`.
  package func snapshots() throws -> [Snapshot] { try existingStore()?.snapshots() ?? [] }

  /// The baseline of that name, the newest without one.
  /// - Throws: `HarnessError.unknownBaseline`, `StoreError`.
  package func snapshot(named name: String?) throws -> Snapshot {
    let all = try snapshots()
    guard let snapshot = name.map({ name in all.first { $0.name == name } }) ?? all.last else {
      throw HarnessError.unknownBaseline(name, known: all.map(\.name))
    }
    return snapshot
  }

  /// Keeps the scores of the finished runs that the selectors match under a name.
  /// - Throws: `HarnessError.nothingToPromote`, `HarnessError.unknownExperiment`, `StoreError.promoted`.
  package func promote(
    _ name: String, selectors: [String], tier: Tier?, at time: Double = Date().timeIntervalSince1970
  ) throws -> Snapshot {
    let snapshot = Snapshot(name: name, promoted: time, records: try records(selectors, tier: tier))
    guard !snapshot.scores.isEmpty else { throw HarnessError.nothingToPromote(name) }
    try openStore().promote(snapshot)
    return snapshot
  }

  /// The changes since a baseline of what the selectors match in it, with the steps in all baselines and now.
  /// - Throws: `HarnessError.unknownBaseline`, `HarnessError.unknownExperiment`, `StoreError`.
  package func regressions(_ selectors: [String], against name: String?, tier: Tier?) throws -> Regressions {
    let (all, chosen) = (try snapshots(), try snapshot(named: name))
    let records = try records(selectors, tier: tier)
    let selected = Set(try papers.experiments(matching: selectors).map(\.id))
    func narrowed(_ snapshot: Snapshot) -> Snapshot {
      Snapshot(
        name: snapshot.name, promoted: snapshot.promoted,
        scores: snapshot.scores.filter { selected.contains($0.experiment) && (tier ?? $0.tier) == $0.tier })
    }
    let changes = papers.papers.flatMap { paper in
      let own = narrowed(chosen).scores.filter { $0.experiment.paper == paper.name }
      return Comparison.changes(
        since: Snapshot(name: chosen.name, promoted: chosen.promoted, scores: own), records: records,
        thresholds: paper.thresholds)
    }
    let now = Snapshot(name: "now", promoted: 0, records: records)
    return Regressions(baseline: chosen.name, changes: changes, steps: histories(all.map(narrowed) + [now]))
  }

  private func records(_ selectors: [String], tier: Tier?) throws -> [RunRecord] {
    let ids = try papers.experiments(matching: selectors).map(\.id)
    return try existingStore()?.records(experiments: ids, tier: tier) ?? []
  }
}

/// The series of means that have a step, of what the newest snapshot measures with its own settings, in its order.
private func histories(_ snapshots: [Snapshot]) -> [History] {
  guard let newest = snapshots.last else { return [] }
  let means = snapshots.map { (name: $0.name, means: Series.means(in: $0)) }
  var seen: Set<Series> = []
  return newest.scores.compactMap { entry in
    let series = Series(entry)
    guard seen.insert(series).inserted else { return nil }
    let points = means.compactMap { snapshot in snapshot.means[series].map { (name: snapshot.name, mean: $0) } }
    guard let step = Step(in: points.map(\.mean)) else { return nil }
    return History(
      experiment: entry.experiment, tier: entry.tier, metric: entry.metric, names: points.map(\.name),
      means: points.map(\.mean), step: step)
  }
}

private struct Series: Hashable {
  let experiment: ExperimentID
  let tier: Tier
  let configurationHash: String
  let metric: MetricID

  init(_ entry: Snapshot.Entry) {
    (experiment, tier) = (entry.experiment, entry.tier)
    (configurationHash, metric) = (entry.configurationHash, entry.metric)
  }

  /// The mean over seeds of every series in a snapshot.
  static func means(in snapshot: Snapshot) -> [Series: Double] {
    Dictionary(grouping: snapshot.scores, by: Series.init).mapValues { entries in
      entries.reduce(0) { $0 + $1.value } / Double(entries.count)
    }
  }
}
