import Comparison
import Experiments

/// What became of each claim, with the numbers that decided it.
struct Verdicts: Section {
  let title = "Verdicts"

  func body(_ findings: Findings) -> [Block] {
    if findings.verdicts.isEmpty {
      "No claim of this paper is written down, so there is nothing to decide."
    } else {
      summary(findings)
      let (idle, told) = (findings.toldVerdicts.filter(\.isIdle), findings.toldVerdicts.filter { !$0.isIdle })
      if told.isEmpty {
        "No claim could be tested at this tier."
      } else {
        Verdicts.table(told, of: findings, linksToClaims: true)
      }
      if !idle.isEmpty {
        Block.details(Verdicts.words(idle.count) + " not run, each with the reason", [.table(reasons(idle, findings))])
      }
    }
  }

  /// Claims without runs behind them, in few columns, so that they do not bury those that were tested.
  private func reasons(_ verdicts: [Verdict], _ findings: Findings) -> Table {
    Table(
      caption: "Claims that are not run", tier: findings.tier, columns: [Column("claim", .name), Column("why", .text)],
      rows: verdicts.map { verdict in
        Row(
          [.text(Verdicts.statement(verdict.claim, isLink: true)), .text(Prose(verdict.account.capitalisedFirst))],
          about: Topic(verdict.claim))
      })
  }

  static func words(_ count: Int) -> Prose { "\(count) \(count == 1 ? "claim is" : "claims are")" }

  @BlockBuilder private func summary(_ findings: Findings) -> [Block] {
    Block.paragraph(Verdicts.counts(findings.verdicts))
    if findings.tier != .paper {
      Block.note(
        "Tier \(strong: findings.tier.rawValue) is shorter than the paper's protocol: a verdict here is about this "
          + "harness at this length, not about the published numbers.", .doubtful)
    }
  }

  /// How many claims had which outcome, as badges.
  static func counts(_ verdicts: [Verdict]) -> Prose {
    let parts = Verdict.Outcome.allCases.compactMap { outcome -> Prose? in
      let count = verdicts.filter { $0.outcome == outcome }.count
      return count == 0 ? nil : "\(badge: "\(count) \(outcome.words)", outcome.tone)"
    }
    return Prose(Array(parts.map(\.spans).joined(separator: [.text(" ")])))
  }

  /// All verdicts that are told, in one table.
  static func table(_ findings: Findings) -> Table {
    table(findings.toldVerdicts, of: findings, linksToClaims: false)
  }

  private static func table(_ verdicts: [Verdict], of findings: Findings, linksToClaims: Bool) -> Table {
    Table(
      caption: "Claims of \(findings.paper.title)", tier: findings.tier,
      columns: [
        Column("claim", .name), Column("verdict", .text), Column("effect", .number), Column("interval", .number),
        Column("d", .number), Column("p", .number), Column("Holm p", .number), Column("sign-flip p", .number),
        Column("seeds", .number),
      ],
      rows: verdicts.map { row($0, linksToClaim: linksToClaims) },
      notes: [
        "The effect is the mean over seeds of the paired differences, in the metric's unit, signed so that positive "
          + "supports the claim (of a ranking, its weakest link; of an equality or a published value, first minus second); "
          + "the interval is the t interval at the claim's level, d the effect over the deviation of the differences, p the "
          + "two-sided p of the t test, and Holm p that of the test that decides, corrected over all claims of the paper that "
          + "were tested at this tier. A verdict needs the Holm p below the level.",
        "The t interval assumes that the paired differences are drawn from one normal distribution. The sign-flip "
          + "p does not: it needs only that a difference is as likely to have either sign if the claim has nothing to "
          + "it. With n seeds it cannot fall below 2 / 2ⁿ.",
      ])
  }

  private static func statement(_ claim: Claim, isLink: Bool) -> Prose {
    let words = claim.statement.withoutFullStop
    return isLink ? "\(link: words, to: "#" + Claims.place(of: claim))" : Prose(words)
  }

  private static func row(_ verdict: Verdict, linksToClaim: Bool) -> Row {
    Row(
      [
        .text(statement(verdict.claim, isLink: linksToClaim)),
        .text("\(badge: verdict.outcome.words, verdict.outcome.tone)"),
        number(verdict.effect) { Numerals.significant($0, digits: 3) },
        verdict.interval.map { .number($0.low, shown: $0.words) } ?? .missing("none"),
        number(verdict.standardizedEffect) { Numerals.significant($0, digits: 2) },
        number(verdict.p, Numerals.probability), number(verdict.adjustedP, Numerals.probability),
        number(verdict.signFlipP, Numerals.probability),
        .number(Double(verdict.seeds.count), shown: seeds(verdict)),
      ], about: Topic(verdict.claim))
  }

  /// How many seeds were paired and, where these are too few, how many are needed.
  private static func seeds(_ verdict: Verdict) -> String {
    let (paired, needed) = (verdict.seeds.count, verdict.claim.seeds)
    return paired < needed ? "\(paired) of \(needed)" : String(paired)
  }

  private static func number(_ value: Double?, _ shown: (Double) -> String) -> Cell {
    value.map { .number($0, shown: shown($0)) } ?? .missing("none")
  }
}

extension Verdict {
  /// Whether no run has a word in it.
  var isIdle: Bool { outcome == .notRun && seeds.isEmpty }
}

extension Verdict.Outcome {
  var words: String { rawValue.replacing("-", with: " ") }

  var tone: Tone {
    switch self {
    case .supported: .good
    case .contradicted: .bad
    case .inconclusive: .doubtful
    case .notComparable, .notRun: .faint
    }
  }
}

extension Verdict.Interval {
  var words: String { "\(Numerals.significant(low, digits: 3)) to \(Numerals.significant(high, digits: 3))" }
}
