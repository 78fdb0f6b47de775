package import Experiments

/// What became of one metric of one experiment since a snapshot of our own scores was promoted.
package struct Change: Codable, Hashable, Sendable {
  package let experiment: ExperimentID
  package let tier: Tier
  package let metric: MetricID
  package let status: Status
  /// The mean over seeds in the snapshot and now, over the seeds that both have.
  package let before: Double?
  package let after: Double?
  /// After minus before, in the metric's unit, with the bounds of its paired t interval.
  package let difference: Double?
  package let interval: Verdict.Interval?
  package let seeds: [Int]
  /// One sentence for a person.
  package let account: String

  package enum Status: String, Codable, Sendable, CaseIterable {
    /// The same bits: equal weights and equal values on every seed, so that no statistics are needed.
    case identical
    /// Within the threshold, or not told from it.
    case unchanged
    case improved, regressed
    /// Beyond the threshold, but with too few seeds or too wide a spread to say that it is no chance.
    case inconclusive
    /// A score of the snapshot has no counterpart now; never a pass.
    case missing
  }
}

/// Holds runs against a snapshot, a change for each experiment, tier and metric that the snapshot has, in its order.
///
/// Values are paired by seed. Equal hashes and values are `identical`; otherwise a change beyond the threshold counts as
/// `regressed` or `improved` where the paired t interval at the level excludes zero on that side, in the metric's
/// direction; a metric that ranks neither way is never either. Runs whose settings are not the snapshot's are missing.
package func changes(
  since snapshot: Snapshot, records: [RunRecord], thresholds: Thresholds, level: Double = 0.05
) -> [Change] {
  let now = Snapshot(name: "now", promoted: 0, records: records).scores
  let current = Dictionary(now.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
  return grouped(snapshot.scores).map { entries in
    let pairs = entries.compactMap { entry in current[Key(entry)].map { (before: entry, after: $0) } }
    return change(entries, pairs, thresholds: thresholds, level: level)
  }
}

/// What makes two scores the same measurement: everything but the value.
private struct Key: Hashable {
  let experiment: ExperimentID
  let tier: Tier
  let seed: Int
  let configurationHash: String
  let metric: MetricID

  init(_ entry: Snapshot.Entry) {
    (experiment, tier, seed) = (entry.experiment, entry.tier, entry.seed)
    (configurationHash, metric) = (entry.configurationHash, entry.metric)
  }
}

/// Entries of one experiment, tier and metric together, in the order in which they first come.
private func grouped(_ entries: [Snapshot.Entry]) -> [[Snapshot.Entry]] {
  struct Group: Hashable {
    let experiment: ExperimentID
    let tier: Tier
    let metric: MetricID
  }
  var (groups, places): ([[Snapshot.Entry]], [Group: Int]) = ([], [:])
  for entry in entries {
    let group = Group(experiment: entry.experiment, tier: entry.tier, metric: entry.metric)
    if let place = places[group] {
      groups[place].append(entry)
    } else {
      places[group] = groups.count
      groups.append([entry])
    }
  }
  return groups
}

private func change(
  _ entries: [Snapshot.Entry], _ pairs: [(before: Snapshot.Entry, after: Snapshot.Entry)], thresholds: Thresholds,
  level: Double
) -> Change {
  let first = entries[0]
  func made(
    _ status: Change.Status, _ account: String, before: Double? = nil, after: Double? = nil, test: MeanTest? = nil
  ) -> Change {
    Change(
      experiment: first.experiment, tier: first.tier, metric: first.metric, status: status, before: before,
      after: after, difference: test?.mean, interval: test?.interval(level: level), seeds: pairs.map(\.before.seed),
      account: account + ".")
  }
  guard pairs.count == entries.count else {
    let lost = entries.filter { entry in !pairs.contains { $0.before.seed == entry.seed } }.map { String($0.seed) }
    return made(
      .missing, "no value now for \(lost.count == 1 ? "seed" : "seeds") \(lost.joined(separator: ", "))")
  }
  let test = MeanTest(pairs.map { $0.after.value - $0.before.value })
  let means = (before: mean(pairs.map(\.before.value)), after: mean(pairs.map(\.after.value)))
  let (status, account) = judgement(pairs, test, means.before, threshold: thresholds.share(of: first.metric), level)
  return made(status, account, before: means.before, after: means.after, test: test)
}

private func judgement(
  _ pairs: [(before: Snapshot.Entry, after: Snapshot.Entry)], _ test: MeanTest, _ before: Double, threshold: Double,
  _ level: Double
) -> (Change.Status, String) {
  let seeds = "\(pairs.count) \(pairs.count == 1 ? "seed" : "seeds")"
  if pairs.allSatisfy({ $0.before.value == $0.after.value }) {
    let isSame = pairs.allSatisfy { $0.before.weightsHash == $0.after.weightsHash }
    return isSame
      ? (.identical, "the same bits on \(seeds)") : (.unchanged, "other weights, the same values on \(seeds)")
  }
  let bound = threshold * abs(before)
  let moved = "moved by \(Numerals.spread(test.mean, test.standardError)) on \(seeds)"
  let limit =
    "the threshold is \(Numerals.significant(100 * threshold, digits: 2)) % or \(Numerals.significant(bound, digits: 3))"
  let direction = pairs[0].before.direction
  guard abs(test.mean) > bound, direction != .neither else { return (.unchanged, "\(moved); \(limit)") }
  guard let p = test.p, p < level else {
    return (
      .inconclusive,
      "\(moved), which may be chance (\(test.p.map { Numerals.equality("p", $0) } ?? "one seed")); \(limit)"
    )
  }
  let isWorse = (direction == .lower) == (test.mean > 0)
  return (isWorse ? .regressed : .improved, "\(moved) (\(Numerals.equality("p", p))); \(limit)")
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
