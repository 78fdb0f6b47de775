import ArgumentParser
import Experiments
import Harness

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Decide the papers' claims from the runs in the store.",
    discussion: """
      Exits with 0 if every claim is supported, 1 if one is contradicted, 2 if one is not decided.

      EXAMPLE:
        assay verify dpvae --tier nightly
      """)

  @Argument(help: "The papers; all without any.")
  var papers: [String] = []

  @Option(help: "The tier to judge by (default: for each claim the highest at which it was run).")
  var tier: Tier?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let verdicts = foremost(try common.workspace().findings(papers, tier: tier))
    if common.json { try Terminal.result(json: ["verdicts": verdicts]) } else { show(verdicts) }
    if verdicts.contains(where: { $0.outcome == .contradicted }) { throw ExitCode(1) }
    if verdicts.contains(where: { $0.outcome != .supported }) { throw ExitCode(2) }
  }

  /// A line for each claim; those without runs are counted where others have some, and named with `-v`.
  private func show(_ verdicts: [Verdict]) {
    let run = verdicts.filter { $0.outcome != .notRun }
    guard !common.verbose, !run.isEmpty, run.count < verdicts.count else { return verdicts.forEach(show) }
    run.forEach(show)
    Terminal.result("not-run       \(verdicts.count - run.count) further claims; assay verify -v names them")
  }

  private func show(_ verdict: Verdict) {
    let outcome = verdict.outcome.rawValue
    let gap = String(repeating: " ", count: max(0, 12 - outcome.count))
    let line = "\(outcome)\(gap)  \(verdict.claim.id) (\(verdict.tier.rawValue)): \(verdict.account)"
    Terminal.result(Terminal.folded(line, indent: 14))
  }
}
