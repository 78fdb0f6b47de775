import Datasets
import Execution
import Experiments
import Foundation
import Metrics
import Tensors

/// Measures files that another program made.
package struct Scoring {
  let data: DataFolder
  /// The version of the code.
  let code: String
  /// Where features of references are kept.
  let features: FeatureCache

  /// - Parameters: what the command line gave; papers are not needed.
  package init(data: String?, baselines: String?, places: Places = .here) {
    let folder = try? places.baselines(baselines)
    self.init(
      data: places.data(data), code: folder.map { CodeVersion.of(repositoryWith: $0) } ?? "unknown",
      features: places.home + "/features")
  }

  init(data: String, code: String, features: String) {
    (self.data, self.code) = (DataFolder(path: data), code)
    self.features = FeatureCache(folder: features)
  }

  /// Measures what is asked for, or all that the files allow.
  /// - Throws: `SampleError`, `DatasetError`; `HarnessError` and `MetricError` for what cannot be measured on files.
  package func score(_ request: ScoreRequest, tell: (ScoringProgress) -> Void) throws -> ScoreSheet {
    try measure(request, preferring: nil, tell: tell).sheet
  }

  /// - Parameter own: what is measured where the request leaves it open, as far as the files allow.
  func measure(
    _ request: ScoreRequest, preferring own: [MetricID]?, tell: (ScoringProgress) -> Void
  ) throws -> (sheet: ScoreSheet, evidence: ScoreEvidence) {
    let began = Date()
    let asked = try request.metrics.map(FileMetric.init)
    try asked.forEach { try $0.check(request) }
    let evidence = try ScoreEvidence(request, data: data, tell: tell)
    let weights = evidence.samples == nil ? nil : try InceptionWeights.prepared(in: data)
    let choice = try MetricChoice(asked: asked, own: own, evidence, weights: weights)
    let measuring = Measuring(
      evidence: evidence, split: request.split, seed: UInt64(request.seed),
      instruments: Instruments(
        executor: CPUExecutor(threads: request.threads), inception: { weights }, cache: features))
    let scores = try measuring.scores(of: choice.metrics, tell: tell)
    let usesWeights = scores.contains { $0.value != nil && $0.metric.name.contains("/inception-") }
    let sheet = ScoreSheet(
      scores: scores, inputs: evidence.inputs(measuring.splits(of: choice.metrics)),
      weightsHash: usesWeights ? weights?.hash : nil, code: code, seed: request.seed,
      seconds: Date().timeIntervalSince(began), notes: choice.notes)
    return (sheet, evidence)
  }
}

/// A metric that can be measured on files, and on which.
struct FileMetric {
  let id: MetricID
  let kind: Kind

  enum Kind: Equatable { case images, codes, logLikelihoods }

  /// - Throws: `HarnessError.metric`, `.notOfFiles`; `MetricError` for arguments that the metric does not take.
  init(_ text: String) throws {
    guard let id = MetricID(text) else { throw HarnessError.metric(text) }
    guard let kind = Self.kind(of: id) else {
      _ = try MetricCatalog.metric(for: id)
      throw HarnessError.notOfFiles(text, known: Self.known)
    }
    if kind != .logLikelihoods { _ = try MetricCatalog.metric(for: id) }
    (self.id, self.kind) = (id, kind)
  }

  /// `nil` for what needs a trained model.
  init?(own id: MetricID) {
    guard let kind = Self.kind(of: id) else { return nil }
    (self.id, self.kind) = (id, kind)
  }

  private static func kind(of id: MetricID) -> Kind? {
    if GivenLikelihood.isNamed(by: id) { return .logLikelihoods }
    if MetricCatalog.ofImages.contains(where: { $0.card.name == id.name }) { return .images }
    return MetricCatalog.ofCodes.contains { $0.card.name == id.name } ? .codes : nil
  }

  private static var known: [String] {
    MetricCatalog.ofImages.map { $0.card.name } + MetricCatalog.ofCodes.map { $0.card.name } + [
      GivenLikelihood.card.name
    ]
  }

  /// - Throws: `HarnessError.inputNeeded` where the request does not give what the metric is measured on.
  func check(_ request: ScoreRequest) throws {
    let (given, what, option) =
      switch kind {
      case .images: (request.samples, "images", "--samples")
      case .codes: (request.latents, "latent codes", "--latents")
      case .logLikelihoods: (request.logLikelihoods, "log-likelihoods", "--log-likelihoods")
      }
    if given == nil { throw HarnessError.inputNeeded(id.description, kind: what, option: option) }
  }

  /// Whether it compares images pixel by pixel, so that both sides must have one size.
  var needsOneSize: Bool { kind == .images && !id.name.contains("/inception-") }
}
