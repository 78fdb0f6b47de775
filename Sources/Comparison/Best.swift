package import Experiments

/// When a table says that one of several experiments is the best.
package enum Best {
  /// The level of the tests together.
  package static let level = 0.05
  /// The fewest seeds that two experiments must have in common.
  package static let seeds = 3
}

extension Findings {
  /// The experiment that is significantly the best of these on a metric, in the metric's direction; `nil` where none is.
  ///
  /// Its mean is the best, and against every other that has a value the paired t test over their common seeds says so
  /// too, each on at least `Best.seeds` of them, with Holm's correction over the others, at `Best.level`. A tie, an
  /// experiment measured under another protocol and one with too few seeds leave the table without a best.
  package func best(among experiments: [ExperimentID], on metric: MetricID) -> ExperimentID? {
    let rivals = experiments.compactMap { id -> Rival? in
      let records = records.filter { $0.run.experiment == id }
      return Estimate(of: metric, records: records).mean.map { Rival(id: id, mean: $0, records: records) }
    }
    let direction = rivals.lazy.flatMap(\.records).compactMap { $0.score(metric)?.direction }.first
    guard rivals.count > 1, let direction, direction != .neither else { return nil }
    guard let first = rivals.min(by: { direction == .lower ? $0.mean < $1.mean : $0.mean > $1.mean }) else {
      return nil
    }
    let others = rivals.filter { $0.id != first.id }
    let values = others.compactMap { first.p(over: $0, on: metric, direction) }
    guard values.count == others.count, holmAdjusted(values).allSatisfy({ $0 < Best.level }) else { return nil }
    return first.id
  }
}

/// An experiment that has a mean on the metric at hand.
private struct Rival {
  let id: ExperimentID
  let mean: Double
  let records: [RunRecord]

  /// The two-sided p with which this one lies above the other on common seeds; `nil` where it does not, where the seeds
  /// are too few, or where the two were measured under unlike protocols.
  func p(over other: Rival, on metric: MetricID, _ direction: Direction) -> Double? {
    let pairing = Pairing(Link(id, over: other.id), on: metric, records: records + other.records, seeds: nil)
    guard pairing.pairs.count >= Best.seeds, pairing.direction == direction else { return nil }
    let test = MeanTest(pairing.differences(direction))
    return test.mean > 0 ? test.p : nil
  }
}
