package import Experiments

/// Decides a claim from the runs of a tier.
///
/// An ordering is decided over paired seeds by Student's paired test: supported where the two-sided interval at the
/// claim's level lies above zero, contradicted where it lies below, else inconclusive. Below the claim's tier, or with
/// fewer pairs than it asks for, the numbers are given and nothing is decided. The exact sign-flip test stands beside it.
package func decide(_ claim: Claim, records: [RunRecord], tier: Tier, seeds: [Int]? = nil) -> Verdict {
  switch claim.assertion {
  case .ordering(let better, let worse, let metric):
    let records = records.filter { $0.run.tier == tier && seeds?.contains($0.run.seed) != false }
    let begun = Set(records.filter { $0.run.status != .pending }.map(\.run.experiment))
    let absent = [better, worse].filter { !begun.contains($0) }
    guard absent.isEmpty else {
      let names = absent.map(\.description).joined(separator: " and of ")
      return Verdict(
        claim: claim, tier: tier, outcome: .notRun, account: "There is no run of \(names) at tier \(tier.rawValue).")
    }
    let pairing = Pairing(better, over: worse, on: metric, records: records, seeds: seeds)
    return Decision(claim: claim, tier: tier, pairing: pairing, metric: metric).verdict
  }
}

/// A claim of an ordering with the pairs that decide it.
private struct Decision {
  let claim: Claim
  let tier: Tier
  let pairing: Pairing
  let metric: MetricID

  var verdict: Verdict {
    guard !pairing.pairs.isEmpty, let direction = pairing.direction else {
      return undecided("no seed has \(metric) on both sides")
    }
    guard direction != .neither else { return undecided("\(metric) describes, it ranks neither way") }
    let test = PairedTest(pairing.differences(direction))
    let flip = SignFlip(test.differences)
    return Verdict(
      claim: claim, tier: tier, outcome: outcome(of: test), effect: test.mean,
      interval: test.interval(level: claim.level), statistic: test.statistic, p: test.p, signFlipP: flip.p,
      seeds: pairing.pairs.map(\.seed), runs: pairing.pairs.flatMap { [$0.better.run, $0.worse.run] },
      account: sentence(reservations + [account(of: test, flip, direction)] + external))
  }

  private func outcome(of test: PairedTest) -> Verdict.Outcome {
    guard reservations.isEmpty, let interval = test.interval(level: claim.level) else { return .inconclusive }
    if interval.low > 0 { return .supported }
    return interval.high < 0 ? .contradicted : .inconclusive
  }

  /// Why nothing is decided whatever the numbers say.
  private var reservations: [String] {
    var reasons: [String] = []
    if tier < claim.tier { reasons.append("decided from tier \(claim.tier.rawValue) on") }
    if pairing.pairs.count < claim.seeds { reasons.append("\(pairing.pairs.count) of \(claim.seeds) seeds") }
    return reasons
  }

  /// The seeds at which another program made what was measured, on either side.
  private var external: [String] {
    let seeds = pairing.pairs.filter { $0.better.isExternal || $0.worse.isExternal }.map { String($0.seed) }
    return seeds.isEmpty
      ? [] : ["on external runs at \(seeds.count == 1 ? "seed" : "seeds") \(seeds.joined(separator: ", "))"]
  }

  private func undecided(_ reason: String) -> Verdict {
    Verdict(claim: claim, tier: tier, outcome: .inconclusive, account: sentence(reservations + [reason]))
  }

  /// The parts in one sentence, ended by the seeds that could not be paired.
  private func sentence(_ parts: [String]) -> String {
    let left = pairing.unpaired.map { "without seed \($0.seed) (\($0.reason))" }
    return (parts + left).joined(separator: "; ") + "."
  }

  /// The numbers in words, signed along the direction in which the mean lies.
  private func account(of test: PairedTest, _ flip: SignFlip, _ direction: Direction) -> String {
    let supports = test.mean >= 0
    let word = (direction == .lower) == supports ? "lower" : "higher"
    let count = test.differences.count
    guard let error = test.standardError, let interval = test.interval(level: claim.level) else {
      return "\(word) by \(Numerals.significant(abs(test.mean))) on one seed, which has no spread"
    }
    let flipped = "\(flip.isExact ? "exact" : "sampled") sign-flip \(Numerals.equality("p", flip.p))"
    guard let p = test.p else { return "no difference on any of \(count) seeds" }
    guard error > 0 else {
      return "\(word) by \(Numerals.significant(abs(test.mean))) on each of \(count) seeds, without any spread "
        + "(t is infinite, p = 0; \(flipped))"
    }
    let bounds = supports ? (interval.low, interval.high) : (-interval.high, -interval.low)
    return "\(word) by \(Numerals.spread(abs(test.mean), error)) (mean and standard error; \(percent) interval "
      + "\(Numerals.range(bounds.0, bounds.1, deviation: error)), n = \(count), \(Numerals.equality("p", p)); "
      + "\(flipped)); assumes the differences are normal"
  }

  /// How much the interval holds: `95%`.
  private var percent: String {
    let percent = 100 * (1 - claim.level)
    let isWhole = abs(percent - percent.rounded()) < 1e-9
    return (isWhole ? Numerals.fixed(percent, decimals: 0) : Numerals.significant(percent, digits: 3)) + "%"
  }
}
