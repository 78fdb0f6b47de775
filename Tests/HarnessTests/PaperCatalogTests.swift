import Datasets
import Experiments
import Foundation
import Harness
import Methods
import Metrics
import Networks
import Reporting
import Tensors
import Testing

/// The papers of this repository: every name they use is one of a catalog.
@Suite struct PaperCatalogTests {
  let catalog: PaperCatalog

  init() throws { catalog = try Baselines.catalog() }

  @Test func `every value of every configuration says on which line it stands and where it comes from`() throws {
    for experiment in catalog.experiments {
      for tier in Tier.allCases {
        let configuration = try #require(experiment.configurations[tier])
        let sources = catalog.sources(of: experiment.id, tier: tier)
        #expect(sources.keys.sorted() == Self.keys(of: try JSONSerialization.jsonObject(with: configuration.canonical)))
        let file = "Baselines/\(experiment.id.paper)/paper.yaml line "
        for (key, source) in sources {
          #expect(
            source.hasPrefix(file) && source.contains(": "), "\(experiment.id) \(tier.rawValue) \(key): \(source)")
        }
      }
    }
  }

  /// The dotted paths of everything in a JSON value that is no object, sorted.
  private static func keys(of json: Any, prefix: String = "") -> [String] {
    guard let object = json as? [String: Any] else { return [prefix] }
    return object.flatMap { keys(of: $0.value, prefix: prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }.sorted()
  }

  @Test func `a training of every configuration can be traced, and costs something`() throws {
    var estimate = TrainingEstimate()
    for experiment in catalog.experiments {
      for tier in Tier.allCases {
        let configuration = try #require(experiment.configurations[tier])
        let seconds = try estimate.seconds(of: configuration)
        #expect(seconds > 0 && seconds.isFinite, "\(experiment.id) at \(tier.rawValue)")
      }
    }
  }

  @Test func `every experiment is configured at every tier`() {
    for experiment in catalog.experiments {
      #expect(Set(experiment.configurations.keys) == Set(Tier.allCases), "\(experiment.id)")
    }
  }

  @Test func `every experiment names a method, a network and a dataset that there are`() throws {
    for experiment in catalog.experiments {
      let configuration = try #require(experiment.configurations[.paper])
      #expect(throws: Never.self, "\(experiment.id)") { try MethodCatalog.method(configuration.method) }
      #expect(NetworkCatalog.network(named: configuration.network.name) != nil, "\(experiment.id)")
      #expect(configuration.dataset.name == experiment.id.dataset)
      #expect(throws: Never.self) { try DatasetCatalog.recipe(configuration.dataset.name) }
    }
  }

  @Test func `every metric asked for is one of the catalog, its arguments accepted`() throws {
    for metric in Set(catalog.experiments.flatMap(\.metrics)).sorted() {
      #expect(throws: Never.self, "\(metric)") { try MetricCatalog.metric(for: metric) }
    }
  }

  @Test func `every network takes the items of its dataset`() throws {
    for experiment in catalog.experiments {
      let configuration = try #require(experiment.configurations[.paper])
      let network = try #require(NetworkCatalog.network(named: configuration.network.name))
      let dataset = configuration.dataset
      let card = try DatasetCatalog.card(dataset.name, preprocessing: dataset.preprocessing)
      #expect(network.itemShape.dimensions == card.itemShape, "\(experiment.id)")
    }
  }

  @Test func `tiers differ in lengths and counts alone`() throws {
    for experiment in catalog.experiments {
      let paper = try #require(experiment.configurations[.paper])
      for tier in [Tier.smoke, .nightly] {
        var own = try #require(experiment.configurations[tier])
        own.dataset.trainLimit = paper.dataset.trainLimit
        own.dataset.testLimit = paper.dataset.testLimit
        own.training.iterations = paper.training.iterations
        own.training.halveEvery = paper.training.halveEvery
        own.training.secondStage = paper.training.secondStage
        own.training.checkpointEvery = paper.training.checkpointEvery
        own.training.logEvery = paper.training.logEvery
        own.evaluation = paper.evaluation
        #expect(own == paper, "\(experiment.id) at \(tier.rawValue)")
      }
    }
  }

  /// Plain methods and their decoupled twins.
  private static let twins = [
    ("vae", "dpvae"), ("beta-vae-h", "beta-dpvae-h"), ("beta-vae-b", "beta-dpvae-b"), ("beta-tcvae", "beta-tc-dpvae"),
    ("factor-vae", "factor-dpvae"), ("info-vae", "info-dpvae"),
  ]

  // The released configurations of two pairs differ, and the printed numbers of one of them with it.
  @Test
  func
    `a decoupled twin differs from its method in the prior alone, where the reading is 'matched' or it is the VAE's`()
    throws
  {
    for experiment in catalog.experiments where experiment.id.paper == "dpvae" {
      let id = experiment.id
      guard let method = Self.twins.first(where: { $0.0 == id.method })?.1, id.reading == .matched || method == "dpvae"
      else { continue }
      let twinID = ExperimentID(paper: id.paper, dataset: id.dataset, method: method, reading: id.reading)
      let twin = try #require(catalog.experiments.first { $0.id == twinID })
      for tier in Tier.allCases {
        var plain = try #require(experiment.configurations[tier])
        #expect(plain.method.prior == .standard)
        plain.method.prior = .decoupled
        #expect(twin.configurations[tier] == plain, "\(id) at \(tier.rawValue)")
      }
    }
  }

  @Test func `every claim is on a metric that its experiments are measured on, from its tier on`() throws {
    let experiments = Dictionary(uniqueKeysWithValues: catalog.experiments.map { ($0.id, $0) })
    for claim in catalog.papers.flatMap(\.claims) {
      let (sides, metric) = try #require(subjects(of: claim.assertion))
      #expect(Set(sides).count == sides.count)
      for side in sides {
        let measured = try #require(experiments[side]).metrics(at: claim.tier)
        #expect(measured.contains { $0.matches(metric) }, "\(claim.id)")
      }
    }
  }

  private func subjects(of assertion: Assertion) -> (sides: [ExperimentID], metric: MetricID)? {
    switch assertion {
    case .ordering(let better, let worse, let metric): ([better, worse], metric)
    case .ranking(let ids, let metric): (ids, metric)
    case .monotone(let ids, _, let metric): (ids, metric)
    case .equality(let one, let other, _, let metric): ([one, other], metric)
    case .value(let published, _, _):
      // Its protocol may name defaults, which the list leaves out: the score's id has them.
      published.metric.map {
        (
          [ExperimentID(paper: published.paper, dataset: published.dataset, method: published.method)],
          MetricID($0.name)
        )
      }
    }
  }

  @Test func `every paper has its figures, each drawn of experiments and of what these leave`() throws {
    // What a figure may name is checked where files are read; here, that none was left out.
    let ids = Dictionary(uniqueKeysWithValues: catalog.papers.map { ($0.name, $0.figures.map(\.source)) })
    #expect(Set(ids["dpvae"] ?? []) == Set([1, 3, 4, 5, 6, 7, 8].map { "Fig. \($0)" }))
    #expect(Set(ids["sigma-vae"] ?? []) == ["Fig. 3", "Fig. 4", "Fig. 9"])
    let twoStage = (ids["two-stage-vae"] ?? []).compactMap { $0.dropFirst(5).first }
    #expect(Set(twoStage) == ["1", "2", "3", "4", "5"])
    for figure in catalog.papers.flatMap(\.figures) {
      let kind = try #require(FigureKindCatalog.all.first { $0.name == figure.kind })
      #expect(kind.needsParameter == (figure.parameter != nil) && !figure.note.isEmpty && !figure.shows.isEmpty)
      #expect(figure.experiments.allSatisfy { id in catalog.experiments.contains { $0.id == id } })
      #expect(figure.experiments.count.isMultiple(of: figure.datasets.count))
    }
  }

  @Test func `ids of experiments and of claims are each given once`() {
    let experiments = catalog.experiments.map(\.id)
    #expect(Set(experiments).count == experiments.count)
    let claims = catalog.papers.flatMap(\.claims).map(\.id)
    #expect(Set(claims).count == claims.count)
  }

  @Test func `Table 1 of dpVAE has its 144 cells, as the paper orders them`() throws {
    let paper = try #require(catalog.papers.first { $0.name == "dpvae" })
    #expect(paper.published.count == 12 * 3 * 4)
    #expect(Set(paper.published.map(\.column)) == ["FID", "FID(LP)", "sKL", "NLL"])
    // Counted by hand in the printed table: the decoupled twin is lower in all 18 pairs of FID and of sKL.
    for column in ["FID", "FID(LP)", "sKL"] {
      #expect(try lowerTwins(paper, column) == 18, "\(column)")
    }
    #expect(try lowerTwins(paper, "NLL") == 11)
  }

  private func lowerTwins(_ paper: Paper, _ column: String) throws -> Int {
    let cells = paper.published.filter { $0.column == column }
    return try cells.filter { cell in
      guard let twin = Self.twins.first(where: { $0.0 == cell.method })?.1 else { return false }
      let other = try #require(cells.first { $0.method == twin && $0.dataset == cell.dataset })
      return try #require(other.value) < #require(cell.value)
    }.count
  }
}
