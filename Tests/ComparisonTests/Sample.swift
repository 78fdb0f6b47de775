import Comparison
import Experiments
import Foundation

/// Runs, claims and a paper made up for the tests.
enum Sample {
  static let better = ExperimentID(paper: "dpvae", dataset: "mnist", method: "dpvae")
  static let worse = ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae")
  static let metric = MetricID("skl/knn", ["space": "z0"])

  static func configuration(iterations: Int = 300) throws -> Configuration {
    var configuration = try read.get()
    configuration.training.iterations = iterations
    return configuration
  }

  /// Read once: a test makes thousands of runs.
  private static let read = Result {
    let json = """
      {
        "dataset": {"name": "mnist", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": false},
        "method": {"name": "vae", "prior": "standard", "posterior": "gaussian", "settings": {}},
        "likelihood": {"name": "gaussian", "settings": {"mseWeight": 0.1}},
        "network": {"name": "dpvae-mnist", "latents": 2, "leakySlope": 0.2, "couplingBlocks": 6},
        "training": {
          "iterations": 300, "batch": 100, "learningRate": 0.001, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
          "epsilon": 1e-08, "selection": "last", "checkpointEvery": 50, "logEvery": 10, "secondStage": {"iterations": 0, "halveEvery": 0}
        },
        "evaluation": {
          "samples": 500, "lowPosteriorDraws": 500, "lowPosteriorKept": 100, "sklSamples": 600,
          "leakageSamples": 300, "leakagePosteriors": 400, "likelihoodImages": 20, "likelihoodSamples": 50,
          "lowPosteriorDensity": "exact"
        }
      }
      """
    return try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
  }

  /// A done run with that value, or a run of that status without any.
  static func record(
    _ experiment: ExperimentID, seed: Int, value: Double? = nil, status: RunStatus = .done, tier: Tier = .nightly,
    metric: MetricID = metric, direction: Direction = .lower, iterations: Int = 300
  ) throws -> RunRecord {
    var run = Run(
      experiment: experiment, tier: tier, seed: seed, configuration: try configuration(iterations: iterations))
    run.status = status
    if ![.done, .pending, .running].contains(status) { run.reason = "the loss was not a number" }
    let score = value.map { Score(metric: metric, value: $0, unit: "nats", direction: direction, count: 600) }
    return RunRecord(run: run, scores: score.map { [$0] } ?? [], curves: [], artefacts: [])
  }

  /// Runs of both experiments, seed by seed.
  static func records(
    better a: [Double], worse b: [Double], tier: Tier = .nightly, direction: Direction = .lower
  ) throws -> [RunRecord] {
    let sides = [(better, a), (worse, b)]
    return try sides.flatMap { id, values in
      try values.enumerated().map {
        try record(id, seed: $0.offset, value: $0.element, tier: tier, direction: direction)
      }
    }
  }

  static func claim(
    seeds: Int = 3, level: Double = 0.05, tier: Tier = .nightly, swapped: Bool = false, metric: MetricID = metric
  ) -> Claim {
    let (first, second) = swapped ? (worse, better) : (better, worse)
    return Claim(
      id: "dpvae/mnist/skl-lower", statement: "dpVAE's sKL is lower than VAE's", source: "Table 1", tier: tier,
      seeds: seeds, level: level, assertion: .ordering(better: first, worse: second, metric: metric))
  }

  /// The verdict on a claim from these runs alone.
  static func decided(
    _ claim: Claim = claim(), _ records: [RunRecord], tier: Tier = .nightly, seeds: [Int]? = nil
  ) throws -> Verdict {
    let own = records.filter { $0.run.tier == tier && seeds?.contains($0.run.seed) != false }
    return decide(
      claim, in: Findings(paper: try paper(), tier: tier, records: own, verdicts: []), seeds: seeds)
  }

  /// Worse minus better, seed by seed.
  static func differences(_ records: [RunRecord]) -> [Double] {
    func values(_ id: ExperimentID) -> [Double] {
      records.filter { $0.run.experiment == id }.compactMap { $0.scores.first?.value }
    }
    return zip(values(worse), values(better)).map { $0 - $1 }
  }

  static func published(
    method: String = "vae", column: String = "sKL", metric: MetricID? = MetricID("skl/knn"), value: Double? = 1.26,
    note: String = ""
  ) -> Published {
    Published(
      paper: "dpvae", table: "Table 1", dataset: "mnist", method: method, column: column, metric: metric, value: value,
      deviation: nil, unit: "nats", source: "arXiv 1911.10506", note: note)
  }

  /// Both experiments, 300 iterations at nightly and 6,000 at paper.
  static func paper(published: [Published] = [], notImplemented: [String] = []) throws -> Paper {
    let configurations: [Tier: Configuration] = [
      .nightly: try configuration(iterations: 300), .paper: try configuration(iterations: 6000),
    ]
    let experiments = [better, worse].map {
      Experiment(id: $0, title: $0.method, metrics: [metric], configurations: configurations, departures: [])
    }
    return Paper(
      name: "dpvae", title: "dpVAE", source: "arXiv 1911.10506", experiments: experiments, claims: [claim()],
      published: published, departures: [], notImplemented: notImplemented)
  }
}
