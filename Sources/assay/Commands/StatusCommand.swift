import ArgumentParser
import Experiments
import Foundation
import Harness
import Store

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far runs are, and why some are not done.",
    discussion: """
      Of experiments and runs that are named, it is told what happened to them out of the ordinary: that they were cut \
      off, begun again, went on from a savepoint.

      EXAMPLE:
        assay status
        assay status 'dpvae/mnist/*' --tier nightly
        assay status dpvae/mnist/vae#0
      """)

  @Argument(help: "Experiments or runs by their ids, with shell wildcards; all without any.")
  var selectors: [String] = []

  @Option(help: "Only runs of this tier.")
  var tier: Tier?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let workspace = try common.workspace()
    let accounts = try workspace.accounts(matching: selectors, tier: tier)
    let arrays = workspace.submissions().map(JobArray.init)
    if common.json { return try Terminal.result(json: Answer(arrays: arrays, runs: accounts)) }
    for array in arrays { Terminal.result(array.line) }
    guard !accounts.isEmpty else {
      return Terminal.result("no runs of these in \(workspace.store); begin with assay run")
    }
    Terminal.result(table(accounts.map(\.run)).text)
    for account in accounts { show(account) }
    guard selectors.isEmpty else { return }
    let disturbed = accounts.filter { $0.run.status == .done && !$0.events.isEmpty }.map(\.run)
    if let first = disturbed.first {
      Terminal.result(
        "\(disturbed.count) of the finished runs did not go through at once; what happened: "
          + "assay status \(first.experiment)#\(first.seed), or '*' for all")
    }
  }

  /// What wants a look; of the runs that were asked for, all that happened.
  private func show(_ account: RunAccount) {
    let (run, story) = (account.run, RunStory(account: account, now: Date().timeIntervalSince1970))
    if selectors.contains(where: RunAccount.names) || (!selectors.isEmpty && !account.events.isEmpty) {
      Terminal.result(story.lines.joined(separator: "\n"))
    } else if let complaint = story.complaint {
      Terminal.result(complaint)
    }
    if let files = run.provenance?.external?.files.filter({ $0.role != "reference" }).map(\.path) {
      Terminal.result("\(run.id) external, measured on \(files.joined(separator: ", "))")
    }
  }

  /// The form of `--json`.
  private struct Answer: Encodable {
    let arrays: [JobArray]
    let runs: [RunAccount]
  }

  /// A job array of a cluster.
  private struct JobArray: Encodable {
    let submission: Submission
    let state: ArrayState?

    init(_ submission: Submission) {
      self.submission = submission
      state = submission.job.map { ArrayState(of: $0) }
    }

    var line: String {
      let name = submission.job.map { "array \($0)" } ?? "array, not submitted"
      let state = state.map { ": \($0.words)" } ?? ""
      return "\(name) of \(submission.runs) runs in \(submission.tasks) tasks\(state); "
        + "join its shards with assay merge \(submission.folder)/shards/*/assay.sqlite"
    }
  }

  private func table(_ runs: [Run]) -> TextTable {
    let groups = Dictionary(grouping: runs) { "\($0.experiment)  \($0.tier.rawValue)" }
    let states = RunStatus.allCases.filter { state in runs.contains { $0.status == state } }
    return TextTable(
      columns: ["experiment", "tier"] + states.map(\.rawValue) + ["minutes"],
      rows: groups.keys.sorted().map { key in
        let group = groups[key] ?? []
        let counts = states.map { state in String(group.filter { $0.status == state }.count) }
        let minutes = group.compactMap(\.seconds).reduce(0, +) / 60
        return [group[0].experiment.description, group[0].tier.rawValue] + counts
          + [Numerals.significant(minutes, digits: 3)]
      })
  }
}
