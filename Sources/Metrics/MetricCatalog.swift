package import Experiments

/// Every metric, by name.
package enum MetricCatalog {
  package static let all: [any Metric] = [
    ActiveUnits(),
    SupportMetric(.coverage, in: .inception(.f192)),
    SupportMetric(.coverage, in: .inception(.f2048)),
    SupportMetric(.coverage, in: .inception(.f64)),
    SupportMetric(.coverage, in: .inception(.f768)),
    SupportMetric(.coverage, in: .randomConvolutions),
    SupportMetric(.density, in: .inception(.f192)),
    SupportMetric(.density, in: .inception(.f2048)),
    SupportMetric(.density, in: .inception(.f64)),
    SupportMetric(.density, in: .inception(.f768)),
    SupportMetric(.density, in: .randomConvolutions),
    EffectiveBeta(),
    EvidenceLowerBound(part: .whole),
    FrechetDistance(of: .highPosterior, in: .coordinates),
    FrechetDistance(of: .highPosterior, in: .randomConvolutions),
    FrechetDistance(of: .lowPosterior, in: .coordinates),
    FrechetDistance(of: .lowPosterior, in: .randomConvolutions),
    FrechetDistance(of: .reconstructions, in: .coordinates),
    FrechetDistance(of: .reconstructions, in: .randomConvolutions),
    FrechetDistance(of: .samples, in: .coordinates),
    FrechetDistance(of: .samples, in: .randomConvolutions),
    FrechetDistance(of: .highPosterior, in: .inception(.f192)),
    FrechetDistance(of: .highPosterior, in: .inception(.f2048)),
    FrechetDistance(of: .highPosterior, in: .inception(.f64)),
    FrechetDistance(of: .highPosterior, in: .inception(.f768)),
    FrechetDistance(of: .lowPosterior, in: .inception(.f192)),
    FrechetDistance(of: .lowPosterior, in: .inception(.f2048)),
    FrechetDistance(of: .lowPosterior, in: .inception(.f64)),
    FrechetDistance(of: .lowPosterior, in: .inception(.f768)),
    FrechetDistance(of: .reconstructions, in: .inception(.f192)),
    FrechetDistance(of: .reconstructions, in: .inception(.f2048)),
    FrechetDistance(of: .reconstructions, in: .inception(.f64)),
    FrechetDistance(of: .reconstructions, in: .inception(.f768)),
    FrechetDistance(of: .samples, in: .inception(.f192)),
    FrechetDistance(of: .samples, in: .inception(.f2048)),
    FrechetDistance(of: .samples, in: .inception(.f64)),
    FrechetDistance(of: .samples, in: .inception(.f768)),
    KernelDistance(in: .inception(.f192)),
    KernelDistance(in: .inception(.f2048)),
    KernelDistance(in: .inception(.f64)),
    KernelDistance(in: .inception(.f768)),
    KernelDistance(in: .randomConvolutions),
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
    SupportMetric(.precision, in: .inception(.f192)),
    SupportMetric(.precision, in: .inception(.f2048)),
    SupportMetric(.precision, in: .inception(.f64)),
    SupportMetric(.precision, in: .inception(.f768)),
    SupportMetric(.precision, in: .randomConvolutions),
    SupportMetric(.recall, in: .inception(.f192)),
    SupportMetric(.recall, in: .inception(.f2048)),
    SupportMetric(.recall, in: .inception(.f64)),
    SupportMetric(.recall, in: .inception(.f768)),
    SupportMetric(.recall, in: .randomConvolutions),
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
