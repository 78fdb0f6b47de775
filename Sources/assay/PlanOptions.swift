import ArgumentParser
import Experiments
import Harness

/// What says which runs are meant: experiments, tier, seeds, and settings that differ from the paper's file.
struct PlanOptions: ParsableArguments {
  @Argument(help: "Experiment ids, with shell wildcards; all without any.")
  var selectors: [String] = []

  @Option(help: "How long to train and how much to measure.")
  var tier = Tier.smoke

  @Option(help: ArgumentHelp("Seeds: 0..4, 3 or 0,2,5.", valueName: "list"))
  var seeds = "0..4"

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Set one key of the configuration, as in training.iterations=1500.", valueName: "key=value"))
  var assignments: [String] = []

  /// The runs that are meant.
  /// - Throws: as `Workspace.plan`, and `HarnessError.seeds` and `.assignment`.
  func plan(in workspace: Workspace) throws -> [PlannedRun] {
    try workspace.plan(
      selectors, tier: tier, seeds: try SeedList(seeds), assignments: try assignments.map(Assignment.parsed))
  }
}
