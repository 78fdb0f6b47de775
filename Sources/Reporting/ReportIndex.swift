import Comparison
import Experiments

/// The page over the papers' pages: how each paper stands.
func index(of pages: [(name: String, findings: Findings)], command: String) -> Document {
  let body: [Block] =
    pages.isEmpty
    ? [.paragraph("There is no paper to report on.")]
    : [.table(summary(pages))] + pages.flatMap(verdicts)
  return Document(
    title: "Reproducibility of variational autoencoders",
    subtitle: "Papers run again with fixed seeds: what they claim, and what came of it.",
    blocks: [.heading("Papers", level: 2)] + body + madeBy(command))
}

private func summary(_ pages: [(name: String, findings: Findings)]) -> Table {
  Table(
    caption: "How each paper stands", tier: nil,
    columns: [
      Column("paper", .name), Column("tier", .text), Column("supported", .number), Column("contradicted", .number),
      Column("inconclusive", .number), Column("not comparable", .number), Column("not run", .number),
      Column("runs done", .number),
    ],
    rows: pages.map { name, findings in
      let outcomes = Verdict.Outcome.allCases.map { outcome in
        count(findings.verdicts.filter { $0.outcome == outcome }.count)
      }
      let done = findings.records.filter { $0.run.status == .done }.count
      return Row(
        [.text("\(findings.paper.title, page: name)"), .text(Prose(findings.tier.rawValue))] + outcomes
          + [.number(Double(done), shown: "\(done) of \(findings.records.count)")],
        about: Topic(tiers: [findings.tier]))
    })
}

private func count(_ number: Int) -> Cell { .number(Double(number), shown: String(number)) }

/// The claims that were tested one by one, those that were decided first; of the others how many there are, for their
/// paper's page tells them.
private func verdicts(_ name: String, _ findings: Findings) -> [Block] {
  let told = [Verdict.Outcome.supported, .contradicted, .inconclusive].flatMap { outcome in
    findings.verdicts.filter { $0.outcome == outcome }
  }
  let others = findings.verdicts.count - told.count
  let items = told.map { verdict -> Prose in
    "\(badge: verdict.outcome.words, verdict.outcome.tone) \(strong: verdict.claim.statement.withoutFullStop + ".") \(verdict.account.capitalisedFirst)"
  }
  let rest: Prose =
    "\(Verdicts.words(others)) not run or not comparable at this tier; \("the paper's page", page: name) says why."
  return [.heading("\(findings.paper.title), tier \(findings.tier.rawValue)", level: 3)]
    + (findings.verdicts.isEmpty ? [.paragraph("No claim is written down.")] : [])
    + (items.isEmpty ? [] : [.list(items)]) + (others == 0 ? [] : [.paragraph(rest)])
}
