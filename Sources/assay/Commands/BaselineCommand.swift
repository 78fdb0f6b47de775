import ArgumentParser
import Experiments
import Foundation
import Harness

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Promote our own scores, so that later runs are judged by them.",
    discussion: """
      EXAMPLE:
        assay baseline promote last-good
      """,
    subcommands: [List.self, Promote.self, Show.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The baselines, the oldest first.",
      discussion: """
        EXAMPLE:
          assay baseline list
        """)

    @OptionGroup var common: CommonOptions

    func run() throws {
      let rows = try common.workspace().snapshots().map { snapshot in
        let runs = Set(snapshot.scores.map { "\($0.experiment) \($0.tier.rawValue) \($0.seed)" }).count
        return [snapshot.name, Terminal.day(snapshot.promoted), String(runs), String(snapshot.scores.count)]
      }
      let table = TextTable(columns: ["baseline", "promoted", "runs", "scores"], rows: rows)
      if common.json { try Terminal.result(json: ["baselines": table.objects]) } else { Terminal.result(table.text) }
    }
  }

  struct Promote: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep the scores of the finished runs under a name.",
      discussion: """
        EXAMPLE:
          assay baseline promote 2026-11-21 'dpvae/mnist/*' --tier nightly
        """)

    @Argument(help: "The name.")
    var name: String

    @Argument(help: "Experiment ids, with shell wildcards; all without any.")
    var selectors: [String] = []

    @Option(help: "Only this tier.")
    var tier: Tier?

    @OptionGroup var common: CommonOptions

    func run() throws {
      let snapshot = try common.workspace().promote(name, selectors: selectors, tier: tier)
      common.note("\(snapshot.scores.count) scores are now the baseline \(name)")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The scores of a baseline.",
      discussion: """
        EXAMPLE:
          assay baseline show 2026-11-21
        """)

    @Argument(help: "The name (default: the newest).")
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
      let snapshot = try common.workspace().snapshot(named: name)
      if common.json { return try Terminal.result(json: snapshot) }
      let rows = snapshot.scores.map { entry in
        [
          "\(entry.experiment)", entry.tier.rawValue, String(entry.seed), "\(entry.metric)",
          Numerals.significant(entry.value),
        ]
      }
      Terminal.result(TextTable(columns: ["experiment", "tier", "seed", "metric", "value"], rows: rows).text)
    }
  }
}
