package import Experiments

/// A claim in numbers: it holds where every one of these means lies above zero.
///
/// Its two-sided p is the largest of theirs where all lie above zero (the intersection-union test, Berger 1982), and where
/// one lies below, the smallest p of those times the number of links (Bonferroni).
struct Conjunction {
  let means: [MeanTest]
  /// How many means could lie below zero at once: the two of an equality cannot.
  let links: Int

  private var holds: Bool { means.allSatisfy { $0.mean > 0 } }

  /// `nil` where one of the means has no p.
  func p(by test: Claim.Test) -> Double? {
    guard !holds else {
      let values = means.compactMap { $0.p(by: test) }
      return values.count == means.count ? values.max() : nil
    }
    let against = means.filter { $0.mean < 0 }.compactMap { $0.p(by: test) }
    return against.min().map { min(1, Double(links) * $0) }
  }

  /// - Parameters:
  ///   - effect: the test of what the verdict gives as its effect.
  ///   - account: the words for it, given its bootstrap interval.
  func verdict(
    of claim: Claim, tier: Tier, effect: MeanTest, seeds: [Int], runs: [String],
    account: (Verdict.Interval?) -> String
  ) -> Verdict {
    let bootstrap = effect.sample.count > 1 ? Bootstrap(effect.sample).interval(level: claim.level) : nil
    let decisive = p(by: claim.test)
    let isDecided = decisive.map { $0 < claim.level } ?? false
    return Verdict(
      claim: claim, tier: tier, outcome: isDecided ? (holds ? .supported : .contradicted) : .inconclusive,
      effect: effect.mean, standardizedEffect: effect.standardized, interval: effect.interval(level: claim.level),
      bootstrap: bootstrap,
      statistic: effect.statistic, p: p(by: .student), signFlipP: p(by: .signFlip), adjustedP: decisive, seeds: seeds,
      runs: runs, account: account(bootstrap))
  }
}

extension [Verdict] {
  /// These verdicts of one paper with Holm's correction over all that were tested: what no longer reaches its level is
  /// inconclusive, and the account says so.
  package var corrected: [Verdict] {
    let tested = indices.filter { self[$0].adjustedP != nil }
    let adjusted = holmAdjusted(tested.compactMap { self[$0].adjustedP })
    guard tested.count > 1 else { return self }
    var verdicts = self
    for (index, p) in zip(tested, adjusted) {
      verdicts[index].adjustedP = p
      verdicts[index].account =
        self[index].account.dropLast()
        + "; \(Numerals.equality("p", p)) after Holm's correction over \(tested.count) claims."
      if p >= self[index].claim.level { verdicts[index].outcome = .inconclusive }
    }
    return verdicts
  }
}
