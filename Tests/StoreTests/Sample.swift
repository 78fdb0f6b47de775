import Experiments
import Foundation
import Store

/// A folder that is gone when the test is.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Where a store of that name would lie.
  func store(_ name: String = "assay.sqlite") -> String { path + "/" + name }
}

enum Sample {
  static func configuration(iterations: Int = 300) throws -> Experiments.Configuration {
    let json = """
      {
        "dataset": {"name": "two-moons", "preprocessing": "none", "trainLimit": 1000, "testLimit": 200, "augment": false},
        "method": {"name": "vae", "prior": "standard", "posterior": "gaussian", "settings": {"gamma": 0.3, "beta": 8}},
        "likelihood": {"name": "gaussian", "settings": {"mseWeight": 0.1}},
        "network": {"name": "dpvae-two-moons", "latents": 2, "leakySlope": 0.2, "couplingBlocks": 6},
        "training": {
          "iterations": \(iterations), "batch": 100, "learningRate": 0.001, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
          "epsilon": 1e-08, "selection": "last", "checkpointEvery": 50, "logEvery": 10, "secondStage": {"iterations": 0, "halveEvery": 0}
        },
        "evaluation": {
          "samples": 500, "lowPosteriorDraws": 500, "lowPosteriorKept": 100, "sklSamples": 600,
          "leakageSamples": 300, "leakagePosteriors": 400, "likelihoodImages": 20, "likelihoodSamples": 50,
          "lowPosteriorDensity": "exact"
        }
      }
      """
    return try JSONDecoder().decode(Experiments.Configuration.self, from: Data(json.utf8))
  }

  static func run(
    _ method: String = "vae", dataset: String = "two-moons", reading: Reading = .paper, tier: Tier = .smoke,
    seed: Int = 0
  ) throws -> Run {
    Run(
      experiment: ExperimentID(paper: "dpvae", dataset: dataset, method: method, reading: reading), tier: tier,
      seed: seed, configuration: try configuration())
  }

  static let provenance = Provenance(
    code: "0123abc+", host: "bench", processor: "a processor", instructionSet: "avx512", threads: 1,
    libraries: ["oneDNN": "2.6.3"], data: ["two-moons": "ab12"])

  static let done = RunOutcome(
    status: .done, seconds: 12.5, processorSeconds: 12.25, peakMemory: 300_000_000, weightsHash: "5ca1ab1e")

  static let scores = [
    Score(metric: MetricID("elbo"), value: -12.5, unit: "nats", direction: .higher, count: 200),
    Score(
      missing: MetricID("fd/random-conv"), unit: "", direction: .lower, status: .notApplicable,
      reason: "the data are points, not images"),
    Score(
      metric: MetricID("nll/importance", ["images": "20", "samples": "50"]), value: 0.1 + 0.2, standardError: 0.01,
      unit: "nats", direction: .lower, count: 20, remark: "of 20 images"),
  ]

  static let curves = [
    CurvePoint(name: "kl", iteration: 10, value: 0.5), CurvePoint(name: "loss", iteration: -70, value: 1e-300),
    CurvePoint(name: "loss", iteration: 20, value: 3.25),
  ]

  static let artefacts = [
    Artefact(
      name: "latents",
      content: .points(
        PointCloud(groups: [
          PointCloud.Group(name: "posterior", points: [.init(x: 1.5, y: -2.25), .init(x: .pi, y: 1e-30)]),
          PointCloud.Group(name: "low-posterior · ζ", points: []),
        ]))),
    Artefact(
      name: "samples",
      content: .grid(
        ImageGrid(columns: 2, width: 3, height: 2, channels: 3, pixels: (0..<36).map { UInt8($0 * 7) }))),
  ]
}

extension RunStore {
  /// A run taken all the way to done.
  func complete(_ run: Run) throws {
    try register([run])
    try start(run.id, provenance: Sample.provenance, at: 1000)
    try save(scores: Sample.scores, curves: Sample.curves, artefacts: Sample.artefacts, of: run.id)
    try finish(run.id, with: Sample.done)
  }
}
