import ArgumentParser
import Experiments
import Harness

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hand runs to a cluster.",
    discussion: """
      EXAMPLE:
        assay submit slurm 'dpvae/mnist/*' --tier paper --seeds 0..4 --time 8:00:00
      """,
    subcommands: [Slurm.self])

  struct Slurm: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "As a Slurm job array, each task with a store of its own.",
      discussion: """
        Runs that are done in the store are left out; runs that share a first stage stay in one task. A task that is cut \
        off goes on where it was when Slurm puts it back. The folder of the store must be one that the nodes see. See \
        assay status for how the array is doing; in the end, join the shards with assay merge.

        EXAMPLE:
          assay submit slurm 'dpvae/mnist/*' --tier nightly --seeds 0..4 --batch 5
        """)

    @OptionGroup var choice: PlanOptions

    @Option(help: "The partition (default: the site's).")
    var partition: String?

    @Option(help: ArgumentHelp("The time limit of a task (default: the partition's).", valueName: "h:mm:ss"))
    var time: String?

    @Option(help: ArgumentHelp("The memory of a task.", valueName: "size"))
    var memory = "4G"

    @Option(help: ArgumentHelp("Tasks at a time (default: as many as there is room for).", valueName: "n"))
    var arrayLimit: Int?

    @Option(help: ArgumentHelp("Runs of a task, one after the other.", valueName: "n"))
    var batch = 1

    @Flag(help: "Write the script and stop.")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
      if let arrayLimit, arrayLimit < 1 {
        throw ValidationError("--array-limit is \(arrayLimit), but must be at least 1")
      }
      if batch < 1 { throw ValidationError("--batch is \(batch), but a task has at least one run") }
    }

    func run() throws {
      let workspace = try common.workspace()
      let plan = try choice.plan(in: workspace)
      for reason in Set(try workspace.check(plan).values).sorted() { common.note("some runs will fail: \(reason)") }
      let written = try workspace.write(
        plan, tier: choice.tier, assignments: choice.assignments,
        options: SlurmOptions(
          partition: partition, time: time, memory: memory, arrayLimit: arrayLimit, batch: batch),
        program: Places.here.executable)
      let submission = dryRun ? written : try workspace.submit(written)
      if common.json { return try Terminal.result(json: submission) }
      let what = "\(submission.runs) runs in \(submission.tasks) tasks"
      Terminal.result(
        submission.job.map { "array \($0): \(what); see assay status" } ?? "\(what): \(submission.folder)/submit.sh")
    }
  }
}
