package import Experiments

/// Every metric, by name.
package enum MetricCatalog {
  package static let all: [any Metric] = [
    ActiveUnits(),
    EffectiveBeta(),
    EvidenceLowerBound(part: .whole),
    FrechetDistance(of: .lowPosterior, in: .coordinates),
    FrechetDistance(of: .lowPosterior, in: .randomConvolutions),
    FrechetDistance(of: .reconstructions, in: .coordinates),
    FrechetDistance(of: .reconstructions, in: .randomConvolutions),
    FrechetDistance(of: .samples, in: .coordinates),
    FrechetDistance(of: .samples, in: .randomConvolutions),
    EvidenceLowerBound(part: .rate),
    Leakage(mean: .leaked),
    Leakage(mean: .all),
    AggregateRate(part: .marginal),
    CodeDiscrepancy(),
    MeanSquaredError(),
    AggregateRate(part: .information),
    AuthorsLikelihood(),
    EvidenceLowerBound(part: .negative),
    ImportanceLikelihood(),
    NoiseInjection(),
    PosteriorVariance(),
    EvidenceLowerBound(part: .distortion),
    NeighbourDivergence(),
    MixtureDivergence(),
    Spectrum(),
  ]

  /// The metric that an id asks for, its arguments checked.
  /// - Throws: `MetricError` where there is none, or where it does not take these arguments.
  package static func metric(for id: MetricID) throws -> any Metric {
    guard let metric = all.first(where: { $0.card.name == id.name }) else {
      throw MetricError.unknownMetric(id, known: all.map { $0.card.name })
    }
    try metric.card.check(id)
    return metric
  }
}
