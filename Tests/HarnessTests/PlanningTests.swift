import Comparison
import Experiments
import Foundation
import Harness
import Store
import Testing

/// What a sweep leaves out and takes up again.
@Suite struct PlanningTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(
      baselines: Baselines.folder, store: folder.path + "/assay.sqlite", data: folder.path + "/data")
  }

  private func plan(_ assignments: [String] = []) throws -> [PlannedRun] {
    try workspace.plan(
      ["dpvae/two-moons/vae", "dpvae/two-moons/dpvae"], tier: .smoke, seeds: SeedList("0..1"),
      assignments: assignments.compactMap(Assignment.init))
  }

  private let provenance = Provenance(
    code: "abc", host: "h", processor: "p", instructionSet: "i", threads: 1, libraries: [:], data: [:])

  @Test func `a plan goes seed by seed`() throws {
    #expect(
      try plan().map { "\($0.run.experiment.method)#\($0.run.seed)" } == ["vae#0", "dpvae#0", "vae#1", "dpvae#1"])
  }

  @Test func `a plan that could be run passes the checks, one of a network for other items does not`() throws {
    #expect(try workspace.check(try plan()).isEmpty)
    #expect { try workspace.check(try plan(["network.name=dpvae-mnist"])) } throws: { "\($0)".contains("takes items") }
    #expect { try workspace.check(try plan(["network.name=mlp"])) } throws: { Failure.exitCode(of: $0) == 64 }
  }

  @Test func `missing data is found before any run begins, and is a matter of the environment`() throws {
    let plan = try workspace.plan(["dpvae/mnist/vae"], tier: .smoke, seeds: SeedList("0"))
    #expect { try workspace.check(plan) } throws: { error in
      Failure.exitCode(of: error) == 3 && "\(error)".contains("assay prepare mnist")
    }
  }

  @Test func `missing data costs the runs that need it, not the plan`() throws {
    let plan = try workspace.plan(
      ["dpvae/mnist/vae", "dpvae/two-moons/vae"], tier: .smoke, seeds: SeedList("0"))
    let (mnist, moons) = (try #require(plan.first?.run.id), try #require(plan.last?.run.id))
    let obstacles = try workspace.check(plan)
    #expect(obstacles.keys.sorted() == [mnist])
    let reason = try #require(obstacles[mnist])
    #expect(reason.contains("assay prepare mnist") && reason.hasSuffix("."))

    let store = try workspace.openStore()
    #expect(try workspace.jobs(plan, policy: .onlyMissing, obstacles: obstacles, in: store).map(\.run.id) == [moons])
    let failed = try #require(try store.runs().first { $0.id == mnist })
    #expect(failed.status == .failed && failed.reason == reason)
    #expect(try workspace.jobs(plan, policy: .retryFailed, in: store).map(\.run.id) == [mnist, moons])
  }

  @Test func `jobs are the runs that the policy covers`() throws {
    let (plan, store) = (try plan(), try workspace.openStore())
    #expect(try workspace.jobs(plan, policy: .onlyMissing, in: store).map(\.run.id) == plan.map(\.run.id))

    for planned in plan { try store.start(planned.run.id, provenance: provenance, at: 0) }
    try store.finish(plan[0].run.id, with: RunOutcome(status: .done, weightsHash: "w"))
    try store.finish(plan[1].run.id, with: RunOutcome(status: .failed, reason: "it broke"))
    try store.finish(plan[2].run.id, with: RunOutcome(status: .diverged, reason: "it diverged"))
    try store.finish(plan[3].run.id, with: RunOutcome(status: .interrupted, reason: "stopped"))

    #expect(try workspace.jobs(plan, policy: .onlyMissing, in: store).map(\.run.id) == [plan[3].run.id])
    try store.finish(plan[3].run.id, with: RunOutcome(status: .interrupted, reason: "stopped"))
    let retried = try workspace.jobs(plan, policy: .retryFailed, in: store)
    #expect(retried.map(\.run.id) == plan[1...].map(\.run.id))
    #expect(try workspace.jobs(plan, policy: .force, in: store).count == plan.count)
    #expect(try store.runs().allSatisfy { $0.status == .pending })
  }

  @Test func `other settings are other runs`() throws {
    let (own, store) = (try plan(), try workspace.openStore())
    _ = try workspace.jobs(own, policy: .onlyMissing, in: store)
    _ = try workspace.jobs(try plan(["training.iterations=5"]), policy: .onlyMissing, in: store)
    #expect(try store.runs().count == 2 * own.count)
  }

  @Test func `a run that another sweep is at work on keeps its place in the plan, and nothing of it is dropped`() throws
  {
    let (plan, store) = (try plan(), try workspace.openStore())
    try store.register(plan.map(\.run))
    #expect(try store.lease(oneOf: [plan[1].run.id], at: 0).granted == plan[1].run.id)
    let jobs = try workspace.jobs(plan, policy: .force, obstacles: [plan[1].run.id: "no data"], in: store)
    #expect(jobs.map(\.run.id) == plan.map(\.run.id))
    #expect(try workspace.statuses(of: plan, in: store)[plan[1].run.id] == .running)
  }

  @Test func `what was interrupted keeps its savepoints, and what is forced begins anew`() throws {
    let (plan, store) = (Array(try plan().prefix(1)), try workspace.openStore())
    let job = try #require(try workspace.jobs(plan, policy: .onlyMissing, in: store).first)
    try store.start(job.run.id, provenance: provenance, at: 0)
    try store.finish(job.run.id, with: RunOutcome(status: .interrupted, reason: "stopped"))
    try FileManager.default.createDirectory(atPath: job.savepoints, withIntermediateDirectories: true)
    _ = try workspace.jobs(plan, policy: .onlyMissing, in: store)
    #expect(FileManager.default.fileExists(atPath: job.savepoints))
    #expect(try store.runs().map(\.status) == [.interrupted])
    _ = try workspace.jobs(plan, policy: .force, in: store)
    #expect(!FileManager.default.fileExists(atPath: job.savepoints))
    #expect(try store.runs().map(\.status) == [.pending])
  }

  @Test func `the published tables are in the store as soon as it is open`() throws {
    _ = try workspace.openStore()
    let findings = try workspace.findings(["dpvae"], tier: .paper)
    #expect(findings.map(\.tier) == [.paper])
    #expect(findings.first?.paper.published.count == 144)
  }
}
