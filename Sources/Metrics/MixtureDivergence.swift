package import Experiments
import Methods
import Tensors

/// The symmetric Kullback-Leibler divergence of prior and aggregate posterior by Monte Carlo with their densities.
///
/// KL(q‖p) + KL(p‖q), each the mean of a log-ratio over draws: q(z) is the mixture of every test item's posterior, and
/// log p(z) = log N(g(z); 0, I) + log |det ∂g/∂z|. Unbiased, where the neighbours' estimator is not.
package struct MixtureDivergence: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "skl/mc", title: "sKL (mixture)", unit: "nats", direction: .lower,
      source: "definition; q(z) as Hoffman and Johnson 2016, p(z) as Bhalodia et al. 2020 (dpVAE), eq. 2",
      choices: [.init(key: "space", values: ["z"])])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (model, count) = (evidence.subject.model, evidence.subject.settings.sklSamples)
    try evidence.subject.needDensities()
    try evidence.subject.needGivenPrior()
    guard count > 1 else { throw MetricError.tooFew("draws of each distribution", count: count, needed: 2) }
    let (posteriors, generator) = (evidence.codes.posteriors, evidence.generator("skl/mc"))
    let density = MixtureDensity(posteriors)
    let codes = posteriors.mixtureSamples(count, generator.split("codes"))
    let noise = generator.split("prior").normals(count * model.latents)
    let prior = model.representation(of: Matrix(rows: count, columns: model.latents, values: noise))
    let forward = SampleMean(of: zip(density.logDensities(codes), logPriors(of: codes, under: model)).map { $0 - $1 })
    let backward = SampleMean(of: zip(logPriors(of: prior, under: model), density.logDensities(prior)).map { $0 - $1 })
    let (a, b) = (forward.standardError ?? 0, backward.standardError ?? 0)
    return Measurement(
      value: forward.value + backward.value, standardError: (a * a + b * b).squareRoot(), count: count,
      settings: ["n": "\(count)", "posteriors": "\(posteriors.count)"])
  }
}

extension Posteriors {
  /// Codes of the aggregate posterior: each of a posterior chosen at random.
  func mixtureSamples(_ samples: Int, _ generator: Generator) -> Matrix {
    let components = generator.split("components").uniforms(samples).map { Int(Double($0) * Double(count)) }
    return self.samples(components, generator.split("noise"))
  }
}
