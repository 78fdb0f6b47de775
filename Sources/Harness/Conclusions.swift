package import Comparison
package import Experiments
import Foundation
import Glibc
package import Reporting
import Store

extension Workspace {
  /// What the store holds of each paper, tier by tier from smoke to paper, with every claim decided.
  ///
  /// Without a tier: every tier that has runs which were begun, or smoke where there are none.
  /// The verdicts are kept in the store where it can be written.
  /// - Throws: `HarnessError.unknownPaper`, `StoreError`.
  package func findings(_ names: [String], tier: Tier?) throws -> [Findings] {
    let chosen = try papers.papers(named: names)
    let opened = try existingStore()
    let records = try opened?.records(experiments: nil, tier: tier) ?? []
    let runs = try opened?.runs(experiments: nil, tier: nil, seeds: nil) ?? []
    let begun = records.filter { $0.run.status != .pending }
    let findings = chosen.flatMap { paper in
      let tiers = Set(begun.filter { $0.run.experiment.paper == paper.name }.map(\.run.tier))
      let there = tier.map { [$0] } ?? (tiers.isEmpty ? [.smoke] : tiers.sorted())
      return there.map { compare(paper: paper, records: records, runs: runs, tier: $0) }
    }
    try keep(findings)
    return findings
  }

  /// The verdict of each claim that a selector names, at the tier or else the highest at which it was run.
  ///
  /// A selector is a paper's name or a claim's id with shell wildcards; without any, every claim is meant.
  /// - Throws: `HarnessError.unknownClaim` for a selector that names none; as `findings`.
  package func verdicts(_ selectors: [String], tier: Tier?) throws -> [Verdict] {
    func isNamed(_ claim: Claim, by selector: String) -> Bool {
      matches(selector, claim.id) || claim.id.hasPrefix(selector + "/")
    }
    let claims = papers.papers.flatMap(\.claims)
    for selector in selectors where !claims.contains(where: { isNamed($0, by: selector) }) {
      throw HarnessError.unknownClaim(selector, papers: papers.papers.map(\.name))
    }
    let involved = papers.papers.filter { paper in
      selectors.isEmpty || paper.claims.contains { claim in selectors.contains { isNamed(claim, by: $0) } }
    }
    return foremost(try findings(involved.map(\.name), tier: tier)).filter { verdict in
      selectors.isEmpty || selectors.contains { isNamed(verdict.claim, by: $0) }
    }
  }

  private func keep(_ findings: [Findings]) throws {
    guard access(store, W_OK) == 0, access((store as NSString).deletingLastPathComponent, W_OK) == 0 else { return }
    let opened = try RunStore.open(store)
    for each in findings { try opened.replaceVerdicts(each.verdicts, of: each.paper.name, tier: each.tier) }
  }

  /// The files of the papers' report pages; the command that makes them again is part of each.
  /// - Throws: as `findings`, and `ReportingError`.
  package func reportFiles(_ names: [String], tier: Tier?) throws -> [ReportFile] {
    let command = (["assay report"] + names + (tier.map { ["--tier \($0.rawValue)"] } ?? [])).joined(separator: " ")
    return try report(try findings(names, tier: tier), command: command)
  }
}

/// The verdict of each claim at the highest tier at which it was run, in the papers' order.
package func foremost(_ findings: [Findings]) -> [Verdict] {
  var verdicts: [Verdict] = []
  for verdict in findings.sorted(by: { $0.tier < $1.tier }).flatMap(\.verdicts) {
    if let place = verdicts.firstIndex(where: { $0.claim.id == verdict.claim.id }) {
      if verdict.outcome != .notRun { verdicts[place] = verdict }
    } else {
      verdicts.append(verdict)
    }
  }
  return verdicts
}
