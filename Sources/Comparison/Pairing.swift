import Experiments

/// Two experiments' values on one metric, seed by seed.
struct Pairing {
  /// Seeds with a value on both sides, under one protocol.
  var pairs: [Pair] = []
  /// The others, each with the reason, and whether it is that a run was never begun.
  var unpaired: [(seed: Int, reason: String, isUnrun: Bool)] = []
  /// Which way the metric is better, as the paired scores say.
  var direction: Direction?

  struct Pair {
    let seed: Int
    let better: Estimate.Value
    let worse: Estimate.Value
  }

  /// Pairs by seed, of the given seeds or else of all that either side was registered with.
  init(_ link: Link, on metric: MetricID, records: [RunRecord], seeds: [Int]?) {
    let known = Set(records.filter { [link.better, link.worse].contains($0.run.experiment) }.map(\.run.seed))
    for seed in (seeds.map(Set.init) ?? known).sorted() {
      let sides = [link.better, link.worse].map { side($0, seed, metric, records) }
      switch (sides[0], sides[1]) {
      case (.success(let a), .success(let b)): pair(seed, a, b)
      case (.failure(let absence), _), (_, .failure(let absence)):
        unpaired.append((seed, absence.sentence, absence.isUnrun))
      }
    }
  }

  /// Whether runs that were never begun are what is wanting to so many pairs.
  func isShort(of needed: Int) -> Bool { pairs.count + unpaired.count { !$0.isUnrun } < needed }

  private mutating func pair(_ seed: Int, _ better: Side, _ worse: Side) {
    guard better.value.metric == worse.value.metric, better.direction == worse.direction else {
      unpaired.append((seed, "\(better.value.metric) is not \(worse.value.metric)", false))
      return
    }
    guard let first = pairs.first else {
      direction = better.direction
      pairs = [Pair(seed: seed, better: better.value, worse: worse.value)]
      return
    }
    guard first.better.metric == better.value.metric, direction == better.direction else {
      unpaired.append((seed, "measured as \(better.value.metric), seed \(first.seed) as \(first.better.metric)", false))
      return
    }
    pairs.append(Pair(seed: seed, better: better.value, worse: worse.value))
  }

  /// Better minus worse, signed so that positive supports the claim.
  func differences(_ direction: Direction) -> [Double] {
    pairs.map { direction == .lower ? $0.worse.value - $0.better.value : $0.better.value - $0.worse.value }
  }
}

private struct Side {
  let value: Estimate.Value
  let direction: Direction
}

private struct Absence: Error {
  let sentence: String
  var isUnrun = false
}

/// The value of the experiment's only run with that seed, or why there is none.
private func side(
  _ experiment: ExperimentID, _ seed: Int, _ metric: MetricID, _ records: [RunRecord]
) -> Result<Side, Absence> {
  let records = records.filter { $0.run.experiment == experiment && $0.run.seed == seed }
  guard let record = records.first else {
    return .failure(Absence(sentence: "\(experiment) has no run", isUnrun: true))
  }
  guard records.count == 1 else {
    return .failure(Absence(sentence: "\(experiment) has \(records.count) runs with unlike settings"))
  }
  let direction = record.score(metric)?.direction ?? .neither
  return record.outcome(on: metric).map { Side(value: $0, direction: direction) }.mapError {
    Absence(sentence: "\(experiment) \($0.status): \($0.reason)", isUnrun: record.run.status == .pending)
  }
}
