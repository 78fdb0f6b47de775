import Datasets
package import Experiments
import Methods
import Tensors

/// The Fréchet distance between Gaussians fitted to the features of a model's items and of real ones.
///
/// ‖μ − μ′‖² + tr Σ + tr Σ′ − 2 tr (Σ^½ Σ′ Σ^½)^½ (Dowson and Landau 1982; Heusel et al. 2017, eq. 6), covariances with
/// n − 1, all in float64. The reference is a fixed random subset of as many training items, un-augmented; for
/// reconstructions of test items too, so that the three distances of a run have one scale, and what samples lose against
/// reconstructions is due to the prior. Images are clamped to [0, 1]. The standard error is the jackknife's over ten
/// tenths of the model's items, the reference held fixed.
package struct FrechetDistance: Metric {
  /// Which items of the model are compared.
  package enum Source: Sendable {
    /// Decoded draws of the prior.
    case samples
    /// Decoded draws of the prior where the aggregate posterior is thinnest.
    case lowPosterior
    /// Test items rebuilt from one code of each.
    case reconstructions
  }

  let source: Source
  let space: FeatureSpace

  init(of source: Source, in space: FeatureSpace) {
    self.source = source
    self.space = space
  }

  package var card: MetricCard {
    let (prefix, title) =
      switch source {
      case .samples: ("fd", "FD")
      case .lowPosterior: ("fd-lp", "FD(LP)")
      case .reconstructions: ("fd-rec", "FD(rec)")
      }
    return MetricCard(
      name: "\(prefix)/\(space.rawValue)", title: title, unit: space.unit, direction: .lower,
      source: "Heusel et al. 2017, eq. 6; low-posterior samples as Bhalodia et al. 2020 (dpVAE), section 4.1")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (subject, count) = (evidence.subject, itemCount(evidence.subject))
    let extractor = try evidence.extractor(space)
    guard count > 1 else { throw MetricError.tooFew("items of each kind", count: count, needed: 2) }
    let reference = try evidence.reference(space, count: count)
    let codes = try codes(count, on: evidence)
    let noise = evidence.generator("shown").split(card.name)
    let features = FeatureMoments(of: count, in: extractor) {
      subject.shown(codes.rows($0), by: noise, from: $0.lowerBound)
    }
    return try Measurement(
      value: reference.squaredDistance(to: features.whole),
      standardError: jackknifeError(of: features, against: reference), count: count,
      settings: ["n": "\(count)", "ref": "train"], remark: remark(count, features: extractor.count))
  }

  /// No more than there are real items to compare with.
  private func itemCount(_ subject: Subject) -> Int {
    let available = min(subject.settings.samples, subject.dataset.train.count)
    return source == .reconstructions ? min(available, subject.dataset.test.count) : available
  }

  private func codes(_ count: Int, on evidence: Evidence) throws -> Matrix {
    let (subject, test) = (evidence.subject, evidence.subject.dataset.test)
    switch source {
    case .samples: return subject.priorCodes(count, evidence.generator("samples"))
    case .lowPosterior:
      try subject.needDensities()
      return try LowPosterior(of: subject, generator: evidence.generator("low-posterior")).codes(count)
    case .reconstructions: return evidence.codes.samples.picking(test.subset(count))
    }
  }

  private func remark(_ count: Int, features: Int) -> String? {
    guard count <= features else { return nil }
    return "\(count) items of \(features) features: the covariances do not have full rank"
  }
}

/// √((g − 1)/g · Σ (dᵢ − d̄)²), dᵢ the distance without the ith of g groups.
private func jackknifeError(of features: FeatureMoments, against reference: FrechetReference) throws -> Double? {
  let parts = features.groups
  guard features.whole.count >= 2 * parts else { return nil }
  let distances = try (0..<parts).map { try reference.squaredDistance(to: features.without($0)) }
  let mean = distances.reduce(0, +) / Double(parts)
  let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (Double(parts - 1) / Double(parts) * squares).squareRoot()
}

extension Subject {
  /// Draws z of what the model generates from, `[count, latents]`.
  func priorCodes(_ count: Int, _ generator: Generator) -> Matrix {
    let parts = chunks(count).enumerated().map { index, range in
      model.priorCodes(range.count, by: generator, stream: UInt64(index))
    }
    return .stacking(parts, columns: model.latents)
  }

  /// What is shown of codes; images clamped to [0, 1], as when they are written as pictures.
  /// - Parameter row: the number of the first code among all those shown by this generator.
  func shown(_ codes: Matrix, by generator: Generator, from row: Int = 0) -> Matrix {
    var items = model.show(codes, by: generator, from: row)
    guard hasImages else { return items }
    for index in items.values.indices { items.values[index] = min(max(items.values[index], 0), 1) }
    return items
  }
}
