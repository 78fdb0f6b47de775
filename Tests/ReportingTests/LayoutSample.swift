import Comparison
import Experiments
import Foundation
import Reporting
import SampleReport

/// A paper of three methods on two datasets, of which MNIST was run with the values given.
struct LayoutSample {
  /// By method, the values of its seeds.
  var values: [String: [Double]] = [:]
  /// The methods that there are experiments of.
  var methods = ["gamma", "alpha", "beta"]
  var columns = ["FID", "sKL"]
  /// What the second method is called on SVHN.
  var methodOnSVHN = "alpha"
  var layouts: [TableLayout] = []
  var readings: [Reading] = [.paper]
  var status = RunStatus.done
  var tier = Tier.nightly
  /// What the headings and the reasons of runs that are not done hold beside their own words.
  var words = ""

  /// `FID` is never measured here.
  private static let metrics = ["FID": MetricID("fid/inception-2048", [:]), "sKL": MetricID("skl/knn", [:])]

  var paper: Paper {
    let experiments =
      methods.flatMap { method in
        readings.map { reading in
          Experiment(
            id: ExperimentID(paper: "p", dataset: "mnist", method: method, reading: reading), title: method,
            metrics: [MetricID("skl/knn")], configurations: configurations, departures: [])
        }
      }
      + ["gamma", "beta", methodOnSVHN].filter { methods.contains($0) || $0 == methodOnSVHN && !methods.isEmpty }.map {
        Experiment(
          id: ExperimentID(paper: "p", dataset: "svhn", method: $0), title: $0, metrics: [MetricID("skl/knn")],
          configurations: configurations, departures: [])
      }
    return Paper(
      name: "p", title: "P", source: "s", experiments: experiments, claims: [], published: published, departures: [],
      notImplemented: [words],
      headings: ["gamma": "Gamma" + words, "alpha": "α-VAE" + words, "alpha-0.01": "α-VAE (0.01)", "beta": "Beta"],
      datasetHeadings: ["mnist": "MNIST" + words, "svhn": "SVHN"], layouts: layouts)
  }

  private static let configuration = try? SampleFindings().paper.experiments.first?.configurations[.nightly]

  private var configurations: [Tier: Configuration] {
    Self.configuration.map { [.smoke: $0, .nightly: $0, .paper: $0] } ?? [:]
  }

  /// Numbers from one on, in the order in which the table has them.
  private var published: [Published] {
    let places = ["gamma", "alpha", "beta"].flatMap { method in
      ["svhn", "mnist"].flatMap { dataset in columns.map { (method, dataset, $0) } }
    }
    return places.enumerated().map { index, place in
      let (method, dataset, column) = place
      return Published(
        paper: "p", table: "Table 1", dataset: dataset,
        method: method == "alpha" && dataset == "svhn" ? methodOnSVHN : method, column: column,
        metric: Self.metrics[column], value: Double(index + 1), deviation: nil, unit: "nats", source: "s", note: "")
    }
  }

  func findings() throws -> Findings {
    let records = paper.experiments.filter { $0.id.dataset == "mnist" }.flatMap { experiment in
      (values[experiment.id.method] ?? []).enumerated().compactMap { seed, value in
        experiment.configurations[tier].map { record(experiment.id, seed, value, $0) }
      }
    }
    return compare(paper: paper, records: records, tier: tier)
  }

  private func record(_ id: ExperimentID, _ seed: Int, _ value: Double, _ settings: Configuration) -> RunRecord {
    var run = Run(experiment: id, tier: tier, seed: seed, configuration: settings)
    run.status = status
    guard status == .done else {
      run.reason = "a worker's own words" + words
      return RunRecord(run: run, scores: [], curves: [], artefacts: [])
    }
    let score = Score(metric: MetricID("skl/knn"), value: value, unit: "nats", direction: .lower, count: 10)
    return RunRecord(run: run, scores: [score], curves: [], artefacts: [])
  }

  /// The table's rows in Markdown, the headings and the rule among them, as cells.
  func markdown(_ findings: Findings? = nil) throws -> [[String]] {
    let text = try table("p/table-1", of: [findings ?? self.findings()], as: .markdown)
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { PlainMarkdown.cells(of: String($0)) }
  }

  /// What is bold, without what was published.
  func bold() throws -> [String] {
    try markdown().joined().flatMap { $0.split(separator: "<br>").map(String.init) }
      .filter { $0.hasPrefix("<strong>") }
  }
}
