import Comparison
import Experiments
import Foundation
import SampleReport

@testable import Reporting

/// A paper with a figure of every kind, and runs that left what the figures draw.
struct FigureSamples {
  static let figures = [
    figure("figure-1", "clouds", ["latents"]),
    figure("figure-2", "curves", ["leakage"]),
    figure("figure-3", "curves-together", ["spectrum-z", "spectrum-normal"]),
    figure("figure-4", "dots", ["mmd/imq?space=u", "mmd/imq?space=z"]),
    figure("figure-5", "images", ["samples"]),
    PaperFigure(
      id: "figure-6", title: "Sweep", source: "Fig. 6", note: "Ours.", kind: "sweep", datasets: ["toy"],
      experiments: experiments, shows: ["kl"],
      parameter: PaperFigure.Parameter(
        title: "β", places: zip(experiments.prefix(2), [0.1, 10]).map { .init(experiment: $0, value: $1) },
        metric: MetricID("effective-beta"))),
  ]

  static let experiments = ["vae", "dpvae", "other"].map { ExperimentID(paper: "p", dataset: "toy", method: $0) }

  static func figure(_ id: String, _ kind: String, _ shows: [String], datasets: [String] = ["toy"]) -> PaperFigure {
    PaperFigure(
      id: id, title: "Title of \(id)", source: "Fig. \(id.suffix(1))", note: "How \(id) departs.", kind: kind,
      datasets: datasets,
      experiments: datasets.flatMap { dataset in
        experiments.map { ExperimentID(paper: $0.paper, dataset: dataset, method: $0.method) }
      }, shows: shows)
  }

  /// - Parameters:
  ///   - titles: of the three methods.
  ///   - adjust: changes the records, one for each method and seed.
  static func findings(
    figures: [PaperFigure] = figures, titles: [String] = ["VAE", "dpVAE", "Other"],
    adjusting adjust: ([RunRecord]) -> [RunRecord] = { $0 }
  ) throws -> Findings {
    let settings = try Dictionary(uniqueKeysWithValues: experiments.map { ($0, try configuration(of: $0)) })
    let metrics = ["kl", "effective-beta", "mmd/imq?space=u", "mmd/imq?space=z"].compactMap { MetricID($0) }
    let all = figures.flatMap(\.experiments).withoutRepetition
    let paper = Paper(
      name: "p", title: "Paper", source: "Nobody",
      experiments: all.map { id in
        Experiment(
          id: id, title: zip(experiments, titles).first { $0.0.method == id.method }?.1 ?? "", metrics: metrics,
          configurations: settings[id].map { [.smoke: $0] } ?? [:], departures: [])
      }, claims: [], figures: figures, published: [], departures: [], notImplemented: [])
    let records = zip(experiments.indices, experiments).flatMap { index, id in
      (0..<3).compactMap { seed in settings[id].map { record(of: id, number: index, seed: seed, $0) } }
    }
    return compare(paper: paper, records: adjust(records), tier: .smoke)
  }

  private static func configuration(of id: ExperimentID) throws -> Configuration {
    var configuration = try JSONDecoder().decode(Configuration.self, from: Data(SampleFindings.configuration.utf8))
    configuration.method.prior = id.method == "dpvae" ? .decoupled : .standard
    configuration.method.name = id.method == "other" ? "other" : "vae"
    return configuration
  }

  /// Values that tell method and seed: 10 · method + seed and so on.
  private static func record(of id: ExperimentID, number: Int, seed: Int, _ settings: Configuration) -> RunRecord {
    var run = Run(experiment: id, tier: .smoke, seed: seed, configuration: settings)
    run.status = .done
    let base = Double(10 * number + seed)
    let values = [("kl", base + 1), ("effective-beta", 1), ("mmd/imq?space=u", base), ("mmd/imq?space=z", base + 100)]
    let curves = [-90, -10, -1].map { CurvePoint(name: "leakage", iteration: $0, value: base + Double($0)) }
    let spectra = (1...60).flatMap { rank in
      ["spectrum-z", "spectrum-normal"].map { CurvePoint(name: $0, iteration: rank, value: base + 100 / Double(rank)) }
    }
    let points = PointCloud(groups: [.init(name: "posterior", points: [.init(x: 0, y: 0), .init(x: 1, y: base.float)])])
    let grid = ImageGrid(columns: 2, width: 1, height: 1, channels: 1, pixels: [UInt8(base), 255])
    return RunRecord(
      run: run,
      scores: values.compactMap { name, value in
        MetricID(name).map { Score(metric: $0, value: value, unit: "nats", direction: .lower, count: 1) }
      }, curves: curves + spectra,
      artefacts: [
        Artefact(name: "latents", content: .points(points)), Artefact(name: "samples", content: .grid(grid)),
      ])
  }
}

extension Double {
  fileprivate var float: Float { Float(self) }
}
