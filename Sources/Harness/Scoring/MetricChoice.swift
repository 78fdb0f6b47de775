import Datasets
import Experiments
import Metrics

/// What is measured on files: what is asked for, or else all that they allow.
struct MetricChoice {
  let metrics: [FileMetric]
  /// What is left out for lack of something, a sentence each.
  let notes: [String]

  /// - Parameter own: what an experiment measures, which is preferred to everything there is.
  /// - Throws: `HarnessError.unlikeSizes`, `.nothingToMeasure`.
  init(asked: [FileMetric], own: [MetricID]?, _ evidence: ScoreEvidence, weights: InceptionWeights?) throws {
    if let metric = asked.first(where: \.needsOneSize), !evidence.isOfOneSize {
      throw HarnessError.unlikeSizes(
        metric.id.description, samples: evidence.samples?.shape ?? [], reference: evidence.reference?.shape ?? [])
    }
    if !asked.isEmpty {
      (metrics, notes) = (asked, [])
      return
    }
    var (chosen, notes) = ([FileMetric](), [String]())
    if evidence.samples != nil {
      let images = (own ?? Self.usual(weights)).compactMap(FileMetric.init(own:)).filter { $0.kind == .images }
      chosen += images.filter { evidence.isOfOneSize || !$0.needsOneSize }
      if chosen.count < images.count {
        notes.append("samples and reference differ in size, so that only metrics that resize them are measured")
      }
      if weights == nil {
        notes.append("no Inception weights are prepared (assay prepare inception), so there is no FID")
      }
    }
    if evidence.latents != nil { chosen += Self.ofCodes(own) }
    if evidence.logLikelihoods != nil {
      chosen += [FileMetric(own: MetricID(GivenLikelihood.card.name))].compactMap { $0 }
    }
    guard !chosen.isEmpty else { throw HarnessError.nothingToMeasure }
    (metrics, self.notes) = (chosen, notes)
  }

  /// On images: with weights on the deepest features that are there, without on those of a random network.
  private static func usual(_ weights: InceptionWeights?) -> [MetricID] {
    let deepest = weights?.features.last { $0 <= .f2048 }
    let space = deepest.map { "inception-\($0.count)" } ?? "random-conv"
    let names = ["kid", "precision", "recall", "density", "coverage"].map { "\($0)/\(space)" }
    return ((deepest == nil ? [] : ["fid/\(space)"]) + ["fd/random-conv"] + names).map { MetricID($0) }
  }

  private static func ofCodes(_ own: [MetricID]?) -> [FileMetric] {
    let usual = MetricCatalog.ofCodes.flatMap(\.idsOfCodes)
    let preferred = own?.filter { id in usual.contains { id.matches($0) } } ?? usual
    return preferred.compactMap(FileMetric.init(own:))
  }
}
