package import Experiments
import Methods

/// The number that dpVAE's Table 1 calls NLL: a scaled loss, not a likelihood.
///
/// The released code averages w · SSE + KL, summed over a batch, and prints it divided by w and by 1000:
/// B / 1000 · meanₙ (SSEₙ + KLₙ / w), B the training batch. Its KL is the loss's: exact for the standard prior, and for a
/// decoupled one without the −L/2 of the entropy. Source: riddhishb/dpVAE, `computeGenMetrics`.
package struct AuthorsLikelihood: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "nll/authors", title: "NLL (authors)", unit: "1000 squared errors per batch", direction: .lower,
      source: "riddhishb/dpVAE, computeGenMetrics; Bhalodia et al. 2020 (dpVAE), Table 1")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (configuration, codes) = (evidence.subject.configuration, evidence.codes)
    try evidence.subject.needDensities()
    guard let weight = configuration.likelihood.settings["mseWeight"] else {
      throw MetricError.notApplicable("only a Gaussian likelihood of fixed variance has a weight of the squared error")
    }
    let batch = configuration.training.batch
    let dropped = evidence.subject.hasClosedRate ? 0 : 0.5 * Double(evidence.subject.model.latents)
    let values = zip(codes.squaredErrors, codes.rates).map { squaredError, rate in
      (squaredError + (rate + dropped) / weight) * Double(batch) / 1000
    }
    return Measurement(mean: SampleMean(of: values), settings: ["batch": "\(batch)", "n": "\(values.count)"])
  }
}
