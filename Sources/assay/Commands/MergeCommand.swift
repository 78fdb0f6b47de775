import ArgumentParser
import Harness
import Store

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the runs of other stores into this one.",
    discussion: """
      Of two accounts of a run the one that is further stays; merging again changes nothing. Exits with 1 if a run is done \
      in both with other weights or scores: ours then stays. Weights lie in files beside a store and are not moved.

      EXAMPLE:
        assay merge shards/*.sqlite --store whole.sqlite
      """)

  @Argument(help: "The stores to take over.")
  var files: [String]

  @OptionGroup var common: CommonOptions

  func run() throws {
    let workspace = try common.workspace()
    let merges = try workspace.merge(files)
    if common.json {
      try Terminal.result(json: Dictionary(zip(files, merges)) { $0 + $1 })
    } else if !common.quiet {
      Terminal.result(MergeCommand.table(Array(zip(files, merges))).text)
    }
    let all = merges.reduce(Merge(), +)
    for run in all.atWork { common.note("\(run) is at work and was left as it is; merge again when it has ended") }
    for conflict in all.conflicts {
      Terminal.complain(
        "\(conflict.run) is done in both stores and differs: \(conflict.difference); ours stays, run it again to decide."
      )
    }
    if !all.conflicts.isEmpty { throw ExitCode(1) }
  }

  /// A line for each file.
  static func table(_ merges: [(file: String, merge: Merge)]) -> TextTable {
    TextTable(
      columns: ["store", "added", "advanced", "kept", "at work", "conflicts"],
      rows: merges.map { file, merge in
        [file]
          + [
            merge.added.count, merge.advanced.count, merge.kept.count, merge.atWork.count, merge.conflicts.count,
          ].map(String.init)
      })
  }
}
