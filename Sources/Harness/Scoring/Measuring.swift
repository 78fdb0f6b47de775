import Datasets
import Experiments
import Metrics
import Tensors

/// Measures metrics on the files of a request, each on what it is for.
struct Measuring {
  let evidence: ScoreEvidence
  /// The part of a dataset that is compared with where an id does not say; `nil` leaves it to the metric.
  let split: ReferenceSplit?
  let seed: UInt64
  let instruments: Instruments

  /// A score for each metric, in their order.
  func scores(of metrics: [FileMetric], tell: (ScoringProgress) -> Void) throws -> [Score] {
    var scores = [Score?](repeating: nil, count: metrics.count)
    func place(_ measured: [Score], of kind: (FileMetric) -> Bool) {
      for (index, score) in zip(metrics.indices.filter { kind(metrics[$0]) }, measured) { scores[index] = score }
    }
    for split in splits(of: metrics) {
      let own = { (metric: FileMetric) in metric.kind == .images && self.split(of: metric) == split }
      place(try images(metrics.filter(own).map(\.id), split, tell), of: own)
    }
    if let codes = evidence.latents?.codes {
      let own = { (metric: FileMetric) in metric.kind == .codes }
      tell(ScoringProgress("measuring codes"))
      place(measure(metrics.filter(own).map(\.id), ofCodes: codes, seed: seed), of: own)
    }
    if let values = evidence.logLikelihoods?.values {
      let own = { (metric: FileMetric) in metric.kind == .logLikelihoods }
      place(metrics.filter(own).map { GivenLikelihood.score($0.id, of: values) }, of: own)
    }
    return scores.compactMap { $0 }
  }

  /// The parts of a dataset that the metrics compare with; of files there is one, whatever it is called.
  func splits(of metrics: [FileMetric]) -> [DatasetImages.Split] {
    let splits = metrics.filter { $0.kind == .images }.map(split)
    return [.train, .test].filter(splits.contains)
  }

  private func split(of metric: FileMetric) -> DatasetImages.Split {
    let usual = MetricCatalog.ofImages.first { $0.card.name == metric.id.name }?.card.completed(metric.id)["ref"]
    let word = metric.id["ref"] ?? split?.rawValue ?? usual
    return evidence.reference?.dataset == nil ? .train : word.flatMap(DatasetImages.Split.init) ?? .train
  }

  private func images(
    _ metrics: [MetricID], _ split: DatasetImages.Split, _ tell: (ScoringProgress) -> Void
  ) throws -> [Score] {
    guard let samples = evidence.samples, let reference = evidence.reference else { return [] }
    return try withoutActuallyEscaping(tell) { tell in
      try measure(
        metrics, of: Watched(source: samples, words: "samples", tell: tell),
        against: Watched(source: reference.images(split), words: "reference", tell: tell),
        split: reference.dataset == nil ? nil : split, with: instruments
      ) { tell(ScoringProgress($0)) }
    }
  }
}

/// A source of images that says how many have been asked for.
private struct Watched: ImageSource {
  let source: any ImageSource
  let words: String
  let tell: (ScoringProgress) -> Void

  var count: Int { source.count }
  var shape: [Int] { source.shape }
  var contentKey: String? { source.contentKey }

  func images(_ range: Range<Int>) throws -> Matrix {
    tell(ScoringProgress(words, done: range.lowerBound, total: count))
    return try source.images(range)
  }
}
