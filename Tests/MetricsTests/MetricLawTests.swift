import Execution
import Experiments
import Methods
import Metrics
import Tensors
import Testing

private let everyID = MetricCatalog.all.flatMap { $0.card.ids }

/// Points in five dimensions with a code for two of them, and a prior that is not where the posteriors lie.
private let points = AnalyticModel(lengths: [2, 1], size: 5, noiseVariance: 0.25, scale: 1.5, widening: 1.2)

/// Images of 8 × 8 pixels.
private let images = AnalyticModel(lengths: [0.3, 0.2], size: 64, noiseVariance: 0.01)

private func scores(of subject: Subject, _ ids: [MetricID] = everyID) throws -> [Score] {
  try measure(ids, of: subject, executor: CPUExecutor()) { _ in }.scores
}

@Suite struct MetricLawTests {
  @Test func `names are in alphabetical order and each is there once`() {
    let names = MetricCatalog.all.map { $0.card.name }
    #expect(names == Set(names).sorted())
  }

  @Test func `every card says what its numbers are`() {
    for card in MetricCatalog.all.map({ $0.card }) {
      #expect(!card.title.isEmpty && !card.unit.isEmpty && !card.source.isEmpty, "\(card.name)")
    }
  }

  @Test func `metrics leave the curves that their cards name, and no others`() throws {
    let subject = try images.subject(shape: [1, 8, 8])
    let all = try measure(everyID, of: subject, executor: CPUExecutor()) { _ in }.curves
    // The second stage's spectrum needs a second stage.
    let named = Set(MetricCatalog.all.flatMap(\.card.curves)).subtracting(["spectrum-u"])
    #expect(Set(all.map(\.name)) == named)
  }

  @Test(arguments: everyID)
  func `an id that a card offers is accepted`(id: MetricID) throws {
    #expect(try MetricCatalog.metric(for: id).card.name == id.name)
  }

  @Test func `a score's id says what was left open, and the id with all of it said asks for the same`() throws {
    let subject = try images.subject(shape: [1, 8, 8])
    let score = try #require(try scores(of: subject, [MetricID("precision/random-conv")]).first)
    #expect(score.metric.description == "precision/random-conv?k=3&m=300&n=300&ref=train")
    let said = try #require(MetricID("precision/random-conv?k=3&ref=train"))
    #expect(try scores(of: subject, [said]) == [score])
  }

  @Test(
    arguments: [
      "fid/inception", "fid/inception-2048?resize=pil", "fid/inception-2048?n=10", "skl/knn", "skl/knn?space=x",
      "leakage",
      "leakage?t=-2", "elbo?n=10",
    ])
  func `an id that no card offers is refused in one sentence`(text: String) throws {
    let id = try #require(MetricID(text))
    let error = #expect(throws: MetricError.self) { try MetricCatalog.metric(for: id) }
    let sentence = try #require(error).description
    #expect(sentence.contains(id.name) && !sentence.contains("\n") && !sentence.hasSuffix("."))
  }

  @Test(arguments: [(points, nil), (images, [1, 8, 8])] as [(AnalyticModel, [Int]?)])
  func `every metric gives a number or says why it does not apply`(model: AnalyticModel, shape: [Int]?) throws {
    let scores = try scores(of: model.subject(shape: shape))
    for (id, score) in zip(everyID, scores) {
      #expect(score.metric.matches(id))
      switch score.status {
      case .done: #expect(score.value?.isFinite == true && !score.unit.isEmpty, "\(id)")
      case .notApplicable: #expect(score.value == nil && score.reason != nil, "\(id)")
      case .failed:
        // Here are no weights of the Inception network, and that is what is said.
        #expect(id.name.contains("inception") && score.reason?.contains("assay prepare inception") == true, "\(id)")
      }
    }
    func isForeign(_ name: String) -> Bool {
      shape == nil ? name.hasSuffix("random-conv") || name.contains("inception") : name.hasSuffix("points")
    }
    #expect(
      zip(everyID, scores).filter { $1.status == .notApplicable }.map(\.0)
        == everyID.filter { isForeign($0.name) || $0["space"] == "u" })
  }

  @Test func `the same seed gives the same bits, whatever else is measured and in whatever order`() throws {
    let subject = try points.subject(seed: 3)
    let (once, reversed) = (try scores(of: subject), try scores(of: subject, everyID.reversed()))
    #expect(once == reversed.reversed())
    #expect(try scores(of: subject, [everyID[5]]) == [once[5]])
  }

  @Test func `another seed draws other numbers`() throws {
    let (one, two) = (try scores(of: points.subject(seed: 1)), try scores(of: points.subject(seed: 2)))
    let without = ["active-units", "effective-beta", "posterior-variance"]  // They draw nothing.
    for (a, b) in zip(one, two) where a.status == .done && a.count > 0 && !without.contains(a.metric.name) {
      #expect(a.value != b.value, "\(a.metric)")
    }
  }

  @Test func `a metric that is not known fails alone`() throws {
    let scores = try scores(of: points.subject(), [MetricID("beauty"), MetricID("mse")])
    #expect(scores.map(\.status) == [.failed, .done])
    #expect(scores[0].reason?.contains("'beauty'") == true)
  }

  @Test func `counts that cannot be used fail what uses them, and nothing else`() throws {
    let subject = try points.subject { configuration in
      configuration.evaluation.lowPosteriorKept = 51
      configuration.evaluation.sklSamples = 1
      configuration.evaluation.likelihoodSamples = 0
      configuration.evaluation.leakageSamples = 0
    }
    let measurements = try measure(everyID, of: subject, executor: CPUExecutor()) { _ in }
    let failed = measurements.scores.filter { $0.status == .failed }
    #expect(
      Set(failed.map(\.metric.name)) == [
        "fd-lp/points", "leakage", "leakage/expected", "nll/importance", "skl/knn", "skl/mc",
      ])
    #expect(!measurements.curves.contains { $0.name == "leakage" })
    #expect(failed.allSatisfy { $0.value == nil && $0.reason?.isEmpty == false })
  }

  @Test func `numbers that are not finite are failures with a reason, never values`() throws {
    let subject = try points.subject()
    let broken = Subject(
      model: BrokenDecoder(sound: points), dataset: subject.dataset, configuration: subject.configuration, seed: 0)
    let scores = try scores(of: broken)
    let failed = scores.filter { $0.status == .failed }
    #expect(Set(failed.map(\.metric.name)).isSuperset(of: ["elbo", "mse", "nll/importance", "fd/points"]))
    #expect(failed.allSatisfy { $0.value == nil && $0.reason?.isEmpty == false })
    #expect(scores.first { $0.metric.name == "kl" }?.status == .done)
  }

  @Test func `distances see what a decoder shows, errors and bounds its means`() throws {
    let subject = try points.subject()
    let broken = Subject(
      model: BrokenDecoder(sound: points, hasSoundMeans: true), dataset: subject.dataset,
      configuration: subject.configuration, seed: 0)
    let failed = Set(try scores(of: broken).filter { $0.status == .failed }.map(\.metric.name))
    #expect(failed.isSuperset(of: ["fd/points", "fd-lp/points", "fd-rec/points"]))
    #expect(failed.isDisjoint(with: ["mse", "elbo", "nll/importance"]))
  }

  @Test func `what progress throws ends the measuring`() throws {
    struct Interruption: Error {}
    let subject = try points.subject()
    #expect(throws: Interruption.self) {
      try measure([MetricID("mse")], of: subject, executor: CPUExecutor()) { _ in throw Interruption() }
    }
  }
}

/// A model whose decoder gives no numbers, or shows none.
private struct BrokenDecoder: LatentVariableModel {
  let sound: AnalyticModel
  var hasSoundMeans = false
  var latents: Int { sound.latents }
  var size: Int { sound.size }
  func encode(_ items: Matrix) -> Posteriors { sound.encode(items) }
  func decode(_ codes: Matrix) -> Matrix {
    hasSoundMeans ? sound.decode(codes) : show(codes, by: Generator(seed: 0), from: 0)
  }
  func show(_ codes: Matrix, by generator: Generator, from row: Int) -> Matrix {
    Matrix(rows: codes.rows, columns: size, values: Array(repeating: .nan, count: codes.rows * size))
  }
  func distortions(of items: Matrix, given codes: Matrix) -> [Double] {
    hasSoundMeans ? sound.distortions(of: items, given: codes) : Array(repeating: .nan, count: codes.rows)
  }
  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) { sound.generation(of: codes) }
  func representation(of generationCodes: Matrix) -> Matrix { sound.representation(of: generationCodes) }
}
