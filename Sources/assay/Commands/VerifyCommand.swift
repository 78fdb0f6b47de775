import ArgumentParser
import Experiments
import Foundation
import Harness
import Reporting

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Decide the papers' claims from the runs in the store.",
    discussion: """
      Exits with 1 if a claim is contradicted, else with 2 if one is inconclusive or not run, else with 0. That a cell of a \
      table is obtained is decided at tier paper only; below it is not comparable, which neither passes nor fails.

      EXAMPLE:
        assay verify 'dpvae/mnist/*' --tier nightly --junit claims.xml
      """)

  @Argument(help: "Papers, or claims with shell wildcards; all without any.")
  var claims: [String] = []

  @Option(help: "The tier to judge by (default: for each claim the highest at which it was run).")
  var tier: Tier?

  @Option(help: ArgumentHelp("Write the verdicts as JUnit XML, a case for each claim.", valueName: "file"))
  var junit: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let verdicts = try common.workspace().verdicts(claims, tier: tier)
    if let junit { try OutputFile.write(Data(Reporting.junit(verdicts).utf8), to: URL(filePath: junit)) }
    if common.json { try Terminal.result(json: ["verdicts": verdicts]) } else { show(verdicts) }
    if verdicts.contains(where: { $0.outcome == .contradicted }) { throw ExitCode(1) }
    if verdicts.contains(where: { [.inconclusive, .notRun].contains($0.outcome) }) { throw ExitCode(2) }
  }

  /// A line for each claim; those without any number are counted where others have one, and named with `-v`.
  private func show(_ verdicts: [Verdict]) {
    let told = verdicts.filter { $0.effect != nil || ![.notRun, .notComparable].contains($0.outcome) }
    guard !common.verbose, !told.isEmpty else { return verdicts.forEach(show) }
    told.forEach(show)
    for outcome in [Verdict.Outcome.notRun, .notComparable] {
      let count = verdicts.count { $0.outcome == outcome && $0.effect == nil }
      if count > 0 { show(outcome, "\(count) further claims; assay verify -v names them") }
    }
  }

  private func show(_ verdict: Verdict) {
    show(verdict.outcome, "\(verdict.claim.id) (\(verdict.tier.rawValue)): \(verdict.account)")
  }

  private func show(_ outcome: Verdict.Outcome, _ text: String) {
    let word = outcome.rawValue
    let gap = String(repeating: " ", count: max(0, 14 - word.count))
    Terminal.result(Terminal.folded("\(word)\(gap)  \(text)", indent: 16))
  }
}
