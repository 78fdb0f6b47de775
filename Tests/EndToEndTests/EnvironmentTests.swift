import Experiments
import Foundation
import Harness
import Store
import Testing

/// Training uses no library that listens to the environment: a worker that nobody pinned anything for trains the same
/// weights.
@Suite struct EnvironmentTests {
  let program: Program

  init() throws { program = try Program() }

  private static let environments: [[String: String]] = [
    [:], ["OPENBLAS_CORETYPE": "Haswell"], ["OPENBLAS_CORETYPE": "SkylakeX"], ["OPENBLAS_CORETYPE": "Prescott"],
    ["OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "OMP_DYNAMIC": "true"],
  ]

  /// Weights are all that is looked at, so little is measured.
  private static let short = [
    "dataset.trainLimit=400", "dataset.testLimit=100", "training.iterations=8", "evaluation.samples=40",
    "evaluation.sklSamples=40", "evaluation.leakageSamples=40", "evaluation.leakagePosteriors=40",
    "evaluation.lowPosteriorDraws=40", "evaluation.lowPosteriorKept=10", "evaluation.likelihoodImages=1",
    "evaluation.likelihoodSamples=5",
  ]

  @Test(arguments: ["dpvae/two-moons/dpvae", "dpvae/glyphs/dpvae"])
  func `weights do not depend on the environment, nor on the threads`(experiment: String) throws {
    let plain = try Self.environments.map { try weightsHash(of: experiment, threads: 1, environment: $0) }
    let threaded = try weightsHash(of: experiment, threads: 2, environment: [:])
    #expect(plain[0].count == 64)
    #expect(Set(plain + [threaded]).count == 1)
  }

  /// Trains in a worker started with no variable of OpenMP's, OpenBLAS's or oneDNN's but those given.
  private func weightsHash(of experiment: String, threads: Int, environment: [String: String]) throws -> String {
    let folder = "\(program.home)/\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let workspace = try Workspace(baselines: Program.baselines, store: folder + "/assay.sqlite", data: folder)
    let plan = try workspace.plan(
      [experiment], tier: .smoke, seeds: SeedList("0"),
      assignments: Self.short.compactMap(Assignment.init))
    let store = try workspace.openStore()
    let jobs = try workspace.jobs(plan, policy: .force, threads: threads, in: store)
    try program.work(on: JSONEncoder().encode(try #require(jobs.first)), environment: environment)
    let run = try #require(try store.runs(experiments: [plan[0].experiment.id], tier: nil, seeds: nil).first)
    #expect(run.status == .done && run.provenance?.threads == threads)
    return run.weightsHash ?? ""
  }
}
