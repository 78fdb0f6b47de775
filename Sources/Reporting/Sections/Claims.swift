import Comparison
import Experiments

/// Each claim in full: where the paper makes it, how it is tested and which runs decided it.
struct Claims: Section {
  let title = "Claims and their runs"

  func body(_ findings: Findings) -> [Block] {
    if findings.verdicts.isEmpty { "No claim of this paper is written down." }
    for verdict in findings.toldVerdicts where !verdict.isIdle { for block in account(of: verdict) { block } }
    let idle = findings.toldVerdicts.filter(\.isIdle)
    if !idle.isEmpty { Block.details(Verdicts.words(idle.count) + " not run", idle.flatMap(account)) }
  }

  @BlockBuilder private func account(of verdict: Verdict) -> [Block] {
    Block.heading(verdict.claim.statement.withoutFullStop, level: 3, id: Claims.place(of: verdict.claim))
    Block.paragraph(
      "\(badge: verdict.outcome.words, verdict.outcome.tone) " + Prose(verdict.account.capitalisedFirst))
    Block.definitions(definitions(verdict))
    if !verdict.runs.isEmpty {
      Block.details("\(verdict.runs.count) runs behind it", [.list(verdict.runs.map { "\(code: $0)" })])
    }
  }

  /// Where a claim is told in full, on the paper's page.
  static func place(of claim: Claim) -> String { Anchors.slug("claim \(claim.id)") }

  private func definitions(_ verdict: Verdict) -> [Definition] {
    let claim = verdict.claim
    let seeds = verdict.seeds.map(String.init).joined(separator: ", ")
    return [
      Definition("Claim", "\(code: claim.id)"), Definition("In the paper", Prose(claim.source)),
      Definition("Tested as", assertion(claim.assertion)),
      Definition(
        "Decided",
        "from tier \(claim.tier.rawValue) on, with \(claim.seeds) seeds or more, at level \(Numerals.significant(claim.level, digits: 1)), by the \(claim.test.words)"
      ), Definition("Seeds paired", Prose(seeds.isEmpty ? "none" : seeds)),
    ]
  }

  private func assertion(_ assertion: Assertion) -> Prose {
    switch assertion {
    case .ordering(let better, let worse, let metric):
      "\(code: better.description) is better than \(code: worse.description) on \(code: metric.description)"
    case .ranking(let ids, let metric):
      "each of \(code: ids.map(\.description).joined(separator: ", ")) is better than the next on "
        + "\(code: metric.description)"
    case .monotone(let ids, let trend, let metric):
      "\(code: metric.description) is \(trend.rawValue) along \(code: ids.map(\.description).joined(separator: ", "))"
    case .equality(let one, let other, let margin, let metric):
      "\(code: one.description) and \(code: other.description) differ by at most \(Numerals.significant(margin)) on "
        + "\(code: metric.description)"
    case .value(let published, let tolerance, _):
      "within \(Numerals.significant(100 * tolerance, digits: 2)) % of the published "
        + "\(published.value.map { Numerals.significant($0) } ?? "number")"
    }
  }
}

extension Claim.Test {
  var words: String {
    switch self {
    case .student: "t test"
    case .signFlip: "sign-flip test"
    case .bootstrap: "bootstrap"
    }
  }
}

extension String {
  /// The sentence as a heading or a cell shows it.
  var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }

  /// The sentence with a capital first letter.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
