import ArgumentParser
import Experiments
import Foundation
import Harness
import Store

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train and measure experiments, each seed in a worker process.",
    discussion: """
      Runs that are done already are skipped; an interrupted sweep goes on where it stopped when it is called again, in \
      the middle of a training too. Sweeps that are called at the same time divide the runs among them.

      EXAMPLE:
        assay run 'dpvae/two-moons/*' --tier smoke --seeds 0..4
      """)

  @OptionGroup var choice: PlanOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Worker processes at a time (default: as many as there is a core for).", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Threads of each worker; results do not depend on them.", valueName: "n"))
  var threads = 1

  @Option(
    help: ArgumentHelp(
      "Leave what it takes to go on with a training every so many seconds (default: 30, or more where that is slow); results do not depend on it.",
      valueName: "seconds"))
  var saveEvery: Double?

  @Flag(help: "Which of the runs are done.")
  var policy = PolicyFlag.onlyMissing

  @Flag(help: "Show the runs and stop.")
  var dryRun = false

  @OptionGroup var common: CommonOptions

  /// Flags for `RunPolicy`.
  enum PolicyFlag: String, EnumerableFlag {
    case onlyMissing, retryFailed, force

    var policy: RunPolicy {
      switch self {
      case .onlyMissing: .onlyMissing
      case .retryFailed: .retryFailed
      case .force: .force
      }
    }

    static func help(for value: Self) -> ArgumentHelp? {
      switch value {
      case .onlyMissing: "Only what was never begun or was interrupted."
      case .retryFailed: "What failed or diverged, too."
      case .force: "Everything again; results there are dropped."
      }
    }
  }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs is \(jobs), but there must be at least one worker") }
    if let saveEvery, !(saveEvery >= 0) { throw ValidationError("--save-every is \(saveEvery), but time goes forward") }
    if threads < 1 { throw ValidationError("--threads is \(threads), but a worker has at least one thread") }
  }

  func run() throws {
    let workspace = try common.workspace()
    let plan = try choice.plan(in: workspace)
    let obstacles = try workspace.check(plan)
    if dryRun { return try show(plan, in: workspace, obstacles: obstacles) }

    let store = try workspace.openStore()
    let known = try workspace.statuses(of: plan, in: store)
    let work = try workspace.jobs(
      plan, policy: policy.policy, obstacles: obstacles, threads: threads, savepointSeconds: saveEvery, in: store)
    announce(
      plan, work: work, obstacles: obstacles.filter { policy.policy.covers(known[$0.key] ?? .pending) })
    try announceExternal(plan, in: store)
    try sweep(work, store: store)

    let outcome = SweepResult(
      plan: plan, records: try store.records(experiments: plan.map(\.experiment.id), tier: choice.tier))
    try outcome.print(json: common.json, quiet: common.quiet, store: workspace.store)
    if Interruption.count > 0 {
      common.note("interrupted; what was done is kept, the same command goes on from here")
      throw ExitCode(130)
    }
    if !outcome.isComplete { throw ExitCode(2) }
  }

  /// Says what of the plan is not to be run, and why.
  private func announce(_ plan: [PlannedRun], work: [WorkerJob], obstacles: [String: String]) {
    let rest = plan.count - work.count - obstacles.count
    if rest > 0 { common.note("\(rest) of \(plan.count) runs need nothing more") }
    for reason in Set(obstacles.values).sorted() {
      let count = obstacles.values.filter { $0 == reason }.count
      common.note("\(count) of \(plan.count) runs cannot begin: \(reason)")
    }
  }

  /// Says which of the plan's runs another program made, so that they are not trained here.
  private func announceExternal(_ plan: [PlannedRun], in store: RunStore) throws {
    let ids = Set(plan.map(\.run.id))
    let runs = try store.runs(experiments: plan.map(\.experiment.id), tier: choice.tier, seeds: nil)
    let external = runs.filter { ids.contains($0.id) && $0.isExternal }
    guard !external.isEmpty else { return }
    let seeds = external.map { "\($0.experiment)#\($0.seed)" }.joined(separator: ", ")
    common.note("\(seeds): recorded as external, another program's; --force trains here instead")
  }

  private func sweep(_ work: [WorkerJob], store: RunStore) throws {
    guard !work.isEmpty else { return }
    let display = ProgressDisplay(total: work.count, style: common.progressStyle, verbose: common.verbose)
    Interruption.listen()
    let sweep = Sweep(
      jobs: work, width: jobs ?? max(1, Machine.cores / threads), command: [Places.here.executable, "worker"])
    try sweep.run(store: store) { display.hear($0) }
    display.finish()
  }

  private func show(_ plan: [PlannedRun], in workspace: Workspace, obstacles: [String: String]) throws {
    let known = try workspace.existingStore().map { try workspace.statuses(of: plan, in: $0) } ?? [:]
    let table = TextTable(
      columns: ["run", "status", "to be run"],
      rows: plan.map { planned in
        let status = known[planned.run.id] ?? .pending
        let answer = policy.policy.covers(status) ? obstacles[planned.run.id].map { "no: \($0)" } ?? "yes" : "no"
        return [planned.run.id, status.rawValue, answer]
      })
    if common.json { try Terminal.result(json: ["runs": table.objects]) } else { Terminal.result(table.text) }
  }
}
