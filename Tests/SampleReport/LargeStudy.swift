package import Comparison
import Experiments
import Foundation

/// A study of 12 methods on 5 datasets with 5 seeds each, all 300 runs done, with curves and pictures as large as real ones.
package struct LargeStudy {
  package static let datasets = ["mnist", "fashion-mnist", "glyphs", "svhn", "celeba"]
  package static let methods = [
    "beta-dpvae-b", "beta-dpvae-h", "beta-tc-dpvae", "beta-tcvae", "beta-vae-b", "beta-vae-h", "dpvae", "factor-dpvae",
    "factor-vae", "info-dpvae", "info-vae", "vae",
  ]
  package static let seeds = 0..<5

  private let paper: Paper
  /// Images of a grid: how many, and how wide, high and deep each is on a dataset.
  private let images: Int

  package init(images: Int = 100) throws {
    let configuration = try JSONDecoder().decode(Configuration.self, from: Data(SampleFindings.configuration.utf8))
    let ids = Self.datasets.flatMap { dataset in
      Self.methods.map { ExperimentID(paper: "dpvae", dataset: dataset, method: $0) }
    }
    let experiments = ids.map { id in
      var own = configuration
      own.dataset.name = id.dataset
      return Experiment(
        id: id, title: id.method, metrics: SampleFindings.sizes.keys.sorted().map { MetricID($0) },
        configurations: [.nightly: own], departures: [])
    }
    let claims = Self.datasets.map {
      SampleFindings.claim($0, "mse", "mse-lower", "On \($0), dpVAE reconstructs better")
    }
    paper = Paper(
      name: "dpvae", title: "A large study", source: "Nobody", experiments: experiments, claims: claims, published: [],
      departures: [], notImplemented: [])
    self.images = images
  }

  package func findings() -> Findings {
    let records = paper.experiments.flatMap { experiment in
      Self.seeds.compactMap { seed in experiment.configurations[.nightly].map { record(experiment, $0, seed) } }
    }
    return compare(paper: paper, records: records, tier: .nightly)
  }

  private func record(_ experiment: Experiment, _ settings: Configuration, _ seed: Int) -> RunRecord {
    var run = Run(experiment: experiment.id, tier: .nightly, seed: seed, configuration: settings)
    (run.status, run.attempts, run.provenance) = (.done, 1, SampleFindings.provenance)
    (run.seconds, run.processorSeconds) = (60 + Double(seed), 59 + Double(seed))
    run.weightsHash = Digest.hexadecimal(Data("\(experiment.id) \(seed)".utf8))
    return RunRecord(
      run: run, scores: scores(experiment, seed), curves: curves(experiment, seed),
      artefacts: seed == 0 ? artefacts(experiment.id) : [])
  }

  private func scores(_ experiment: Experiment, _ seed: Int) -> [Score] {
    experiment.metrics.map { metric in
      let wobble = 1 + 0.1 * SampleFindings.noise("\(experiment.id) \(metric) \(seed)")
      return Score(
        metric: metric, value: (SampleFindings.sizes[metric.name] ?? 1) * wobble, unit: "nats", direction: .lower,
        count: 1000)
    }
  }

  private func curves(_ experiment: Experiment, _ seed: Int) -> [CurvePoint] {
    let start = SampleFindings.noise("\(experiment.id) \(seed)")
    return ["loss", "reconstruction", "kl"].flatMap { name in
      (1...50).map { CurvePoint(name: name, iteration: 100 * $0, value: 32 + start + 60 * exp(-Double($0) / 7)) }
    }
  }

  private func artefacts(_ id: ExperimentID) -> [Artefact] {
    let (side, channels) = id.dataset == "celeba" ? (64, 3) : id.dataset == "svhn" ? (32, 3) : (28, 1)
    let cloud = PointCloud(groups: [.init(name: "posterior", points: points(id))])
    return [Artefact(name: "latents", content: .points(cloud))]
      + ["samples", "low-posterior-samples", "high-posterior-samples", "reconstructions"].map { name in
        let pixels = blobs(side, channels, phase: SampleFindings.noise("\(id) \(name)"))
        return Artefact(
          name: name,
          content: .grid(ImageGrid(columns: 10, width: side, height: side, channels: channels, pixels: pixels)))
      }
  }

  /// Images of smooth colours that no two grids share, as a decoder's are: they shrink to about a half as PNG.
  private func blobs(_ side: Int, _ channels: Int, phase: Double) -> [UInt8] {
    var state = UInt64(phase * 1e15) | 1
    var pixels = [UInt8]()
    pixels.reserveCapacity(images * side * side * channels)
    for image in 0..<images {
      for place in 0..<(side * side * channels) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let (row, column) = (place / channels / side, place / channels % side)
        let ground = UInt8(truncatingIfNeeded: (image * 37 + row * column / 8) % 224)
        pixels.append(ground + UInt8(state >> 60))
      }
    }
    return pixels
  }

  private func points(_ id: ExperimentID) -> [PointCloud.Point] {
    (0..<1000).map { index in
      let angle = 2 * Double.pi * Double(index) / 1000
      let radius = 1 + 0.5 * SampleFindings.noise("\(id) \(index)")
      return PointCloud.Point(x: Float(radius * cos(angle)), y: Float(radius * sin(angle)))
    }
  }
}
