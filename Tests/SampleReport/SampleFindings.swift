package import Comparison
package import Experiments
import Foundation

/// A paper of two methods on images and on points, with five seeds each, as a store might hold it at the nightly tier:
/// one run has diverged, one has failed, one score is missing, one experiment was never run.
package struct SampleFindings {
  package let paper: Paper
  private let configurations: [ExperimentID: Configuration]

  package init() throws {
    let ids = ["mnist/vae", "mnist/dpvae", "two-moons/vae", "two-moons/dpvae", "svhn/vae"].compactMap {
      ExperimentID("dpvae/" + $0)
    }
    let configuration = try JSONDecoder().decode(Configuration.self, from: Data(Self.configuration.utf8))
    configurations = Dictionary(
      uniqueKeysWithValues: ids.map { id in
        var own = configuration
        own.dataset.name = id.dataset
        own.method.prior = id.method == "dpvae" ? .decoupled : .standard
        return (id, own)
      })
    paper = Self.paper(ids, configurations)
  }

  /// The findings at a tier, through the same function that the program uses.
  package func findings(tier: Tier = .nightly) -> Findings {
    let records = paper.experiments.filter { $0.id.dataset != "svhn" }.flatMap { experiment in
      (0..<5).compactMap { seed in
        experiment.configurations[tier].map { record(experiment, $0, seed, tier) }
      }
    }
    return compare(paper: paper, records: records, tier: tier)
  }

  private func record(_ experiment: Experiment, _ settings: Configuration, _ seed: Int, _ tier: Tier) -> RunRecord {
    var run = Run(experiment: experiment.id, tier: tier, seed: seed, configuration: settings)
    run.attempts = 1
    run.provenance = Self.provenance
    if experiment.id.description == "dpvae/mnist/dpvae", seed == 3 {
      run.status = .diverged
      run.reason = "the loss was not a number at iteration 412"
      return RunRecord(run: run, scores: [], curves: [], artefacts: [])
    }
    if experiment.id.description == "dpvae/two-moons/vae", seed == 4 {
      (run.status, run.attempts) = (.failed, 2)
      run.reason = "the worker was killed by signal 9; run again with --retry-failed"
      return RunRecord(run: run, scores: [], curves: [], artefacts: [])
    }
    run.status = .done
    run.seconds = 61.4 + Double(seed)
    run.processorSeconds = 60.9 + Double(seed)
    run.peakMemory = 412_000_000 + seed * 1000
    run.weightsHash = Digest.hexadecimal(Data("\(experiment.id) \(seed)".utf8))
    return RunRecord(
      run: run, scores: scores(experiment, seed), curves: curves(experiment, seed),
      artefacts: seed > 0 ? [] : experiment.id.dataset == "mnist" ? grids(experiment) : clouds(experiment))
  }

  /// A number in [0, 1) that depends on the words alone.
  static func noise(_ words: String) -> Double {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = (state ^ (state >> 31)) &* 0x9E37_79B9_7F4A_7C15
    return Double((state ^ (state >> 29)) >> 11) / 9_007_199_254_740_992
  }
}

extension SampleFindings {
  private func scores(_ experiment: Experiment, _ seed: Int) -> [Score] {
    let isDecoupled = experiment.id.method == "dpvae"
    return experiment.metrics.map { metric in
      let full = metric.name == "nll/importance" ? metric.with(["images": "100", "samples": "1000"]) : metric
      let unit = metric.name.hasPrefix("fd") ? "squared feature units" : "nats"
      if metric.name == "fd/random-conv", experiment.id.method == "vae", seed == 2 {
        return Score(
          missing: full, unit: unit, direction: .lower, status: .failed,
          reason: "the covariance of the generated features is not finite")
      }
      let size = Self.sizes[metric.name] ?? 1
      let wobble = 1 + 0.08 * (Self.noise("\(experiment.id) \(metric) \(seed)") - 0.5)
      let value = size * (isDecoupled && abs(size) < 5 ? 0.4 : 1) * wobble
      return Score(metric: full, value: value, unit: unit, direction: .lower, count: 1000)
    }
  }

  private func curves(_ experiment: Experiment, _ seed: Int) -> [CurvePoint] {
    let isDecoupled = experiment.id.method == "dpvae"
    let losses = stride(from: 100, through: 5000, by: 100).flatMap { iteration -> [CurvePoint] in
      let wobble = 0.6 * Self.noise("\(experiment.id) \(seed) \(iteration)")
      let decay = exp(-Double(iteration) / 700)
      let reconstruction = 32 + 60 * decay + wobble + (isDecoupled ? 0.8 : 0)
      let kl = 6 * (1 - decay) + wobble - (isDecoupled ? 1 : 0)
      return [
        CurvePoint(name: "loss", iteration: iteration, value: reconstruction + kl),
        CurvePoint(name: "reconstruction", iteration: iteration, value: reconstruction),
        CurvePoint(name: "kl", iteration: iteration, value: kl),
      ]
    }
    let leakage = [-90, -70, -50, -30, -10, -1].map { threshold in
      let reach = exp(Double(threshold) / 30) * 8 * (1 + 0.2 * Self.noise("\(experiment.id) \(seed) leak"))
      return CurvePoint(name: "leakage", iteration: threshold, value: isDecoupled ? 0.2 * reach : 2 + reach)
    }
    return losses + leakage
  }

  /// Rings on black: 28 by 28 as MNIST's digits are.
  private func grids(_ experiment: Experiment) -> [Artefact] {
    ["samples", "low-posterior-samples", "high-posterior-samples", "reconstructions"].map { name in
      let images = (0..<40).flatMap { image in
        let (x, y) = (9 + 10 * Self.noise("\(name) \(image) x"), 9 + 10 * Self.noise("\(name) \(image) y"))
        let width: Double = experiment.id.method == "vae" ? 8 : 4
        return (0..<784).map { pixel -> UInt8 in
          let distance = hypot(Double(pixel % 28) - x, Double(pixel / 28) - y) - 6
          return UInt8(255 * exp(-distance * distance / width))
        }
      }
      return Artefact(
        name: name, content: .grid(ImageGrid(columns: 10, width: 28, height: 28, channels: 1, pixels: images)))
    }
  }

  private func clouds(_ experiment: Experiment) -> [Artefact] {
    func moon(_ name: String, _ count: Int, spread: Double) -> PointCloud.Group {
      let points = (0..<count).map { index in
        let angle = Double.pi * Self.noise("\(name) \(index) angle")
        let radius = 1 + spread * (Self.noise("\(name) \(index) \(experiment.id)") - 0.5)
        let (x, y) = (radius * cos(angle), radius * sin(angle))
        return index % 2 == 0
          ? PointCloud.Point(x: Float(x), y: Float(y)) : PointCloud.Point(x: Float(1 - x), y: Float(0.5 - y))
      }
      return PointCloud.Group(name: name, points: points)
    }
    let latents = PointCloud(groups: [
      moon("posterior", 400, spread: 0.3), moon("low-posterior", 60, spread: 2),
      moon("high-posterior", 60, spread: 0.1),
    ])
    let samples = PointCloud(groups: [moon("data", 300, spread: 0.1), moon("samples", 120, spread: 0.5)])
    return [
      Artefact(name: "latents", content: .points(latents)), Artefact(name: "samples", content: .points(samples)),
    ]
  }
}
