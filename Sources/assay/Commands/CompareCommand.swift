import ArgumentParser
import Comparison
import Experiments
import Foundation
import Harness
import Reporting

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Look for regressions of our own scores against a promoted baseline.",
    discussion: """
      Scores are paired by seed; equal bits need no statistics. Exits with 1 if one regressed, else with 2 if one is \
      missing or may have, else with 0. Where there are several baselines, steps in the history of a metric are told too.

      EXAMPLE:
        assay compare 'dpvae/mnist/*' --against last-good
      """)

  @Argument(help: "Experiment ids, with shell wildcards; all without any.")
  var selectors: [String] = []

  @Option(help: ArgumentHelp("The baseline (default: the newest).", valueName: "name"))
  var against: String?

  @Option(help: "Only this tier.")
  var tier: Tier?

  @Option(help: ArgumentHelp("Append the changes as Markdown, as to $GITHUB_STEP_SUMMARY.", valueName: "file"))
  var summary: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let found = try common.workspace().regressions(selectors, against: against, tier: tier)
    if let summary {
      let page = regressionPage(found.changes, against: found.baseline)
      try OutputFile.append(Markdown.render(page), to: URL(filePath: summary))
    }
    if common.json { try Terminal.result(json: found) } else { show(found) }
    if found.changes.contains(where: { $0.status == .regressed }) { throw ExitCode(1) }
    if found.changes.contains(where: { [.missing, .inconclusive].contains($0.status) }) || found.changes.isEmpty {
      throw ExitCode(2)
    }
  }

  private func show(_ found: Regressions) {
    for change in found.changes where common.verbose || change.status != .identical {
      show(
        change.status.rawValue, "\(change.experiment) (\(change.tier.rawValue)) \(change.metric): \(change.account)")
    }
    for history in found.steps { show("step", words(history)) }
    let identical = found.changes.count { $0.status == .identical }
    Terminal.result("\(identical) of \(found.changes.count) scores are the same bits as in \(found.baseline)")
  }

  private func words(_ history: History) -> String {
    let step = history.step
    return "\(history.experiment) (\(history.tier.rawValue)) \(history.metric): from "
      + "\(Numerals.significant(step.before)) to \(Numerals.significant(step.after)) at "
      + "\(history.names[step.index]) (\(Numerals.equality("p", step.p)))"
  }

  private func show(_ word: String, _ text: String) {
    let gap = String(repeating: " ", count: max(0, 12 - word.count))
    Terminal.result(Terminal.folded("\(word)\(gap)  \(text)", indent: 14))
  }
}
