import Foundation
import Testing

/// Two cells of each paper, from the program's own glyphs to scores, much shortened.
@Suite struct PaperCellTests {
  let program: Program

  init() throws { program = try Program() }

  /// Runs the experiments with a few iterations and gives what `--json` says of each.
  private func run(_ selectors: [String], _ further: [String] = []) throws -> [[String: Any]] {
    let short = [
      "dataset.trainLimit=200", "dataset.testLimit=100", "training.iterations=3", "training.logEvery=1",
      "evaluation.samples=40", "evaluation.sklSamples=40", "evaluation.leakageSamples=40",
      "evaluation.leakagePosteriors=40", "evaluation.likelihoodImages=2", "evaluation.likelihoodSamples=4",
    ]
    let outcome = try program.call(
      ["run"] + selectors + ["--tier", "smoke", "--seeds", "0", "--json", "--no-progress"]
        + (short + further).flatMap { ["--set", $0] })
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try outcome.json()["runs"] as? [[String: Any]])
  }

  /// The metrics that have a value, by experiment.
  private func measured(_ runs: [[String: Any]]) throws -> [String: Set<String>] {
    var all: [String: Set<String>] = [:]
    for run in runs {
      let scores = try #require(run["scores"] as? [[String: Any]])
      let done = scores.filter { $0["status"] as? String == "done" }.compactMap { $0["metric"] as? String }
      all[try #require(run["experiment"] as? String)] = Set(done.map { String($0.prefix { $0 != "?" }) })
    }
    return all
  }

  @Test func `dpVAE's FactorVAE and its decoupled twin`() throws {
    let measured = try measured(try run(["dpvae/glyphs/factor-vae", "dpvae/glyphs/factor-dpvae"]))
    #expect(measured.count == 2)
    for (experiment, metrics) in measured {
      let expected: Set = ["elbo", "fd-lp/random-conv", "nll/authors", "nll/importance", "skl/knn"]
      #expect(expected.isSubset(of: metrics), "\(experiment)")
    }
  }

  @Test func `Two-Stage VAE's stages, of which the first is trained once`() throws {
    let runs = try run(
      ["two-stage-vae/glyphs/learned-gamma", "two-stage-vae/glyphs/two-stage-vae"],
      ["training.secondStage.halveEvery=1"])
    let measured = try measured(runs)
    #expect(measured.count == 2)
    for (experiment, metrics) in measured {
      #expect(Set(["mse", "fd/random-conv", "fd-rec/random-conv"]).isSubset(of: metrics), "\(experiment)")
    }
    // The second stage changes what samples are drawn of, not how an image is reconstructed.
    let errors = try runs.map { run in
      let scores = try #require(run["scores"] as? [[String: Any]])
      return try #require(scores.first { ($0["metric"] as? String)?.hasPrefix("mse") == true }?["value"] as? Double)
    }
    #expect(errors[0] == errors[1])
  }

  @Test func `σ-VAE's calibrated decoders`() throws {
    let measured = try measured(try run(["sigma-vae/glyphs/shared-sigma-vae", "sigma-vae/glyphs/optimal-sigma-vae"]))
    #expect(measured.count == 2)
    for (experiment, metrics) in measured {
      #expect(Set(["nll/bound", "mse", "fd/random-conv"]).isSubset(of: metrics), "\(experiment)")
    }
  }
}
