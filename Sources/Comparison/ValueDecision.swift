import Experiments

/// A claim that a cell of a published table is obtained.
///
/// It holds where the obtained mean lies within `tolerance` times the published value of it. Where the paper gives a
/// deviation over several trials, the two means are compared by Welch's test, so that its own uncertainty counts; else the
/// published number is taken as exact. It is decided at tier `paper` and under a like protocol only.
struct ValueDecision {
  let claim: Claim
  let published: Published
  let tolerance: Double
  let trials: Int?
  let findings: Findings

  var verdict: Verdict {
    let cell = findings.cell(published, reading: .paper)
    switch cell.status {
    case .compared: return decided(cell)
    case .notComparable(let reason): return undecided(.notComparable, reason)
    case .missing(.notRun, let reason), .missing(.otherTier, let reason): return undecided(.notRun, reason)
    case .missing(_, let reason) where findings.tier < claim.tier: return undecided(.notComparable, reason)
    case .missing(_, let reason): return undecided(.inconclusive, reason)
    }
  }

  private func undecided(_ outcome: Verdict.Outcome, _ reason: String) -> Verdict {
    Verdict(
      claim: claim, tier: findings.tier, outcome: outcome,
      account: reason.prefix(1).uppercased() + reason.dropFirst() + ".")
  }

  private func decided(_ cell: PublishedCell) -> Verdict {
    guard let obtained = cell.obtained, let value = published.value else {
      return undecided(.notComparable, "one of the two numbers is missing")
    }
    let test = test(of: obtained.values.map(\.value), against: value)
    let margin = abs(value) * tolerance
    let conjunction = Conjunction(
      means: [test.within(margin, sign: 1), test.within(margin, sign: -1)], links: 1)
    var verdict = conjunction.verdict(
      of: claim, tier: findings.tier, effect: test, seeds: obtained.values.map(\.seed),
      runs: obtained.values.map(\.run),
      account: { account(of: test, obtained, value, margin: margin, p: conjunction.p(by: .student), bootstrap: $0) })
    guard obtained.values.count < claim.seeds else { return verdict }
    verdict.account = "\(obtained.values.count) of \(claim.seeds) seeds; " + verdict.account
    (verdict.outcome, verdict.adjustedP) = (obtained.missing.isEmpty ? .notRun : .inconclusive, nil)
    return verdict
  }

  private func test(of values: [Double], against value: Double) -> MeanTest {
    guard let deviation = published.deviation, let trials, trials > 1 else {
      return MeanTest(values.map { $0 - value })
    }
    return MeanTest(values, lessMean: value, deviation: deviation, count: trials)
  }

  private func account(
    of test: MeanTest, _ obtained: Estimate, _ value: Double, margin: Double, p: Double?,
    bootstrap: Verdict.Interval?
  ) -> String {
    let own = obtained.mean.map { Numerals.spread($0, obtained.deviation) } ?? "nothing"
    let theirs = Numerals.spread(value, published.deviation)
    var parts = [
      "obtained \(own) (n = \(obtained.values.count)), published \(theirs), within ± \(Numerals.significant(margin)) asked for"
    ]
    if let error = test.standardError, let p {
      parts.append(
        "apart by \(Numerals.spread(test.mean, error)) ("
          + Account.statistics(of: test, p: p, claim: claim, error: error, bootstrap: bootstrap, flipped: false) + ")")
    }
    parts += obtained.remark.map { [$0] } ?? []
    return parts.joined(separator: "; ") + "."
  }
}
