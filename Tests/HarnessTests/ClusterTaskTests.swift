import Experiments
import Foundation
import Testing

@testable import Harness

/// How a plan becomes the tasks of a job array.
struct ClusterTaskTests {
  private func plan(_ methods: [String], seeds: [Int]) throws -> [PlannedRun] {
    let papers = try Baselines.catalog()
    return try seeds.flatMap { seed in
      try methods.map { method in
        let experiment = try #require(papers.experiments.first { $0.id.description == method })
        let configuration = try #require(experiment.configurations[.smoke])
        return PlannedRun(
          run: Run(experiment: experiment.id, tier: .smoke, seed: seed, configuration: configuration),
          experiment: experiment)
      }
    }
  }

  private let methods = ["dpvae/two-moons/vae", "dpvae/two-moons/dpvae", "dpvae/two-moons/vae+code"]

  @Test(arguments: 1...4) func `tasks hold every run once, of one seed each, and no more than the batch`(size: Int)
    throws
  {
    let plan = try plan(methods, seeds: [0, 3])
    let tasks = ClusterTask.of(plan, upTo: size) { _ in nil }
    #expect(
      tasks.flatMap { task in task.experiments.map { "\($0) \(task.seed)" } }
        == plan.map { "\($0.experiment.id) \($0.run.seed)" })
    #expect(tasks.allSatisfy { $0.experiments.count <= size })
    #expect(tasks.count == 2 * ((3 + size - 1) / size))
  }

  @Test func `runs of a seed that share a first stage stay together`() throws {
    let plan = try plan(methods, seeds: [0, 1])
    let tasks = ClusterTask.of(plan, upTo: 1) { $0.experiment.id.method == "vae" ? "the stage" : nil }
    #expect(
      tasks.map(\.line) == [
        "0 dpvae/two-moons/vae dpvae/two-moons/vae+code", "0 dpvae/two-moons/dpvae",
        "1 dpvae/two-moons/vae dpvae/two-moons/vae+code", "1 dpvae/two-moons/dpvae",
      ])
  }

  @Test func `a line names its seed and its experiments`() throws {
    let task = ClusterTask.of(try plan(Array(methods.prefix(2)), seeds: [7]), upTo: 2) { _ in nil }
    #expect(task.map(\.line) == ["7 dpvae/two-moons/vae dpvae/two-moons/dpvae"])
  }

  @Test func `states are counted in order of their names, and Slurm's silence is told`() {
    let state = ArrayState(listing: "RUNNING\nCOMPLETED \nPENDING\nRUNNING\n")
    #expect(state.words == "1 completed, 1 pending, 2 running")
    #expect(state.active == 3)
    #expect(ArrayState(listing: "", silence: "squeue is not there").words == "unknown to Slurm (squeue is not there)")
    #expect(ArrayState(listing: "").words == "forgotten by Slurm")
  }

  @Test func `what a site asks for stands in the script, and names with quotes cannot leave their place`() {
    let array = SlurmArray(
      folder: "/it's here", tasks: [ClusterTask(seed: 0, experiments: [])], tier: .smoke,
      options: SlurmOptions(partition: "short", time: "1:00:00", memory: "2G", arrayLimit: 3, batch: 1),
      program: "/bin/assay", arguments: ["--set", "a.b=$(touch x)"])
    for directive in ["--array=0-0%3", "--partition='short'", "--time='1:00:00'", "--mem=2G", "--requeue"] {
      #expect(array.script.contains("#SBATCH \(directive)\n"))
    }
    #expect(array.script.contains(#"folder='/it'\''s here'"#))
    #expect(array.script.contains("'a.b=$(touch x)'"))
  }
}
