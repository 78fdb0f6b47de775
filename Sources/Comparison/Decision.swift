package import Experiments

/// Decides a claim from what is known of its paper at a tier.
///
/// Every claim comes down to means that must lie above zero, each tested two-sidedly at the claim's level by the test
/// that the claim asks for: supported where all of them do, contradicted where one lies below zero, else inconclusive.
/// Orderings, rankings, trends and equalities pair their sides by seed. Below the claim's tier, or with fewer seeds than
/// it asks for, the numbers are given and nothing is decided. Holm's correction is for `compare` to make.
package func decide(_ claim: Claim, in findings: Findings, seeds: [Int]? = nil) -> Verdict {
  func paired(_ links: [Link], margin: Double? = nil, _ metric: MetricID) -> Verdict {
    PairedDecision(claim: claim, metric: metric, margin: margin, links: links, findings: findings, seeds: seeds).verdict
  }
  switch claim.assertion {
  case .ordering(let better, let worse, let metric):
    return paired([Link(better, over: worse)], metric)
  case .ranking(let ids, let metric):
    return paired(zip(ids, ids.dropFirst()).map { Link($0, over: $1) }, metric)
  case .monotone(let ids, let trend, let metric):
    let direction: Direction = trend == .rising ? .higher : .lower
    return paired(zip(ids, ids.dropFirst()).map { Link($1, over: $0, direction: direction) }, metric)
  case .equality(let one, let other, let margin, let metric):
    return paired([Link(one, over: other, direction: .higher)], margin: margin, metric)
  case .value(let published, let tolerance, let trials):
    return ValueDecision(
      claim: claim, published: published, tolerance: tolerance, trials: trials, findings: findings
    ).verdict
  }
}

/// Two experiments of which the first is asserted to be better.
struct Link {
  let better: ExperimentID
  let worse: ExperimentID
  /// Which way is better here, where it is not the metric's own direction.
  let direction: Direction?

  init(_ better: ExperimentID, over worse: ExperimentID, direction: Direction? = nil) {
    self.better = better
    self.worse = worse
    self.direction = direction
  }
}

/// A claim on experiments of ours, with the pairs that decide it.
private struct PairedDecision {
  let claim: Claim
  let metric: MetricID
  /// How far apart the two sides may lie, where they are claimed to be equal.
  let margin: Double?
  let links: [Link]
  let findings: Findings
  let seeds: [Int]?

  private var tier: Tier { findings.tier }

  var verdict: Verdict {
    let absent = absentExperiments
    guard absent.isEmpty else {
      let names = absent.map(\.description).joined(separator: " and of ")
      return Verdict(
        claim: claim, tier: tier, outcome: .notRun, account: "There is no run of \(names) at tier \(tier.rawValue).")
    }
    let pairings = links.map { Pairing($0, on: metric, records: findings.records, seeds: seeds) }
    let reservations = reservations(pairings)
    var verdict =
      numbers(pairings) ?? Verdict(claim: claim, tier: tier, outcome: .inconclusive, account: lack(pairings))
    verdict.account = sentence(reservations + [verdict.account] + external(pairings), pairings)
    if !reservations.isEmpty {
      verdict.outcome =
        tier >= claim.tier && pairings.contains { $0.isShort(of: claim.seeds) } ? .notRun : .inconclusive
      verdict.adjustedP = nil
    }
    return verdict
  }

  private var absentExperiments: [ExperimentID] {
    let begun = Set(findings.records.filter { $0.run.status != .pending && counts($0.run.seed) }.map(\.run.experiment))
    var absent: [ExperimentID] = []
    for id in links.flatMap({ [$0.better, $0.worse] }) where !begun.contains(id) && !absent.contains(id) {
      absent.append(id)
    }
    return absent
  }

  private func counts(_ seed: Int) -> Bool { seeds?.contains(seed) != false }

  /// Why nothing is decided whatever the numbers say.
  private func reservations(_ pairings: [Pairing]) -> [String] {
    var reasons: [String] = []
    if tier < claim.tier { reasons.append("decided from tier \(claim.tier.rawValue) on") }
    let fewest = pairings.map(\.pairs.count).min() ?? 0
    if fewest < claim.seeds { reasons.append("\(fewest) of \(claim.seeds) seeds") }
    return reasons
  }

  /// The seeds at which another program made what was measured, on either side.
  private func external(_ pairings: [Pairing]) -> [String] {
    let pairs = pairings.flatMap(\.pairs).filter { $0.better.isExternal || $0.worse.isExternal }
    let seeds = Set(pairs.map(\.seed)).sorted()
    return seeds.isEmpty ? [] : ["on external runs at \(words(seeds))"]
  }

  /// What the pairs come to; `nil` where a link has none that could be tested.
  private func numbers(_ pairings: [Pairing]) -> Verdict? {
    let tested = zip(links, pairings).compactMap { link, pairing -> TestedLink? in
      guard !pairing.pairs.isEmpty, let direction = link.direction ?? pairing.direction, direction != .neither else {
        return nil
      }
      let test = MeanTest(pairing.differences(direction))
      return TestedLink(better: link.better, worse: link.worse, direction: direction, test: test)
    }
    guard tested.count == links.count, let weakest = tested.min(by: { $0.strength < $1.strength }) else { return nil }
    let means =
      margin.map { margin in [weakest.test.within(margin, sign: 1), weakest.test.within(margin, sign: -1)] }
      ?? tested.map(\.test)
    let conjunction = Conjunction(means: means, links: tested.count)
    return conjunction.verdict(
      of: claim, tier: tier, effect: weakest.test,
      seeds: Set(pairings.flatMap { $0.pairs.map(\.seed) }).sorted(),
      runs: pairings.flatMap { $0.pairs.flatMap { [$0.better.run, $0.worse.run] } },
      account: { account(of: tested, conjunction, bootstrap: $0) })
  }

  private func account(
    of tested: [TestedLink], _ conjunction: Conjunction, bootstrap: Verdict.Interval?
  ) -> String {
    if let margin, let link = tested.first {
      return link.account(within: margin, claim, conjunction, bootstrap: bootstrap)
    }
    guard tested.count > 1 else { return tested.map { $0.account(of: claim, bootstrap: bootstrap) }.joined() }
    return tested.map { "\($0.better.variant) over \($0.worse.variant): \($0.words)" }.joined(separator: ", ")
      + Account.assumption(of: claim.test)
  }

  private func lack(_ pairings: [Pairing]) -> String {
    pairings.contains { $0.pairs.isEmpty }
      ? "no seed has \(metric) on both sides" : "\(metric) describes, it ranks neither way"
  }

  /// The parts in one sentence, ended by the seeds that could not be paired, those together that one reason kept out.
  private func sentence(_ parts: [String], _ pairings: [Pairing]) -> String {
    var left: [(reason: String, seeds: Set<Int>)] = []
    for (seed, reason, _) in pairings.flatMap(\.unpaired) {
      let place = left.firstIndex { $0.reason == reason }
      if let place { left[place].seeds.insert(seed) } else { left.append((reason, [seed])) }
    }
    let absences = left.map { "without \(words($0.seeds.sorted())) (\($0.reason))" }
    return (parts + absences).joined(separator: "; ") + "."
  }

  /// `seed 3`, `seeds 0, 1, 4`
  private func words(_ seeds: [Int]) -> String {
    (seeds.count == 1 ? "seed " : "seeds ") + seeds.map(String.init).joined(separator: ", ")
  }
}

/// A link with the test of its differences, signed so that positive supports it.
struct TestedLink {
  let better: ExperimentID
  let worse: ExperimentID
  let direction: Direction
  let test: MeanTest

  /// Student's t, or without a spread the sign of the mean alone.
  var strength: Double { test.statistic ?? (test.mean == 0 ? 0 : test.mean * .infinity) }
}
