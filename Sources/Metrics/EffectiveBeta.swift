package import Experiments
import Foundation
import Methods

/// The weight of the KL that a Gaussian decoder of deviation σ amounts to beside the plain squared error: β = 2σ².
///
/// SSE / 2σ² + KL is SSE + 2σ² KL but for a factor (σ-VAE, section 3.1, where β / 2 is the variance).
package struct EffectiveBeta: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "effective-beta", title: "2σ²", unit: "squared intensity", direction: .neither,
      source: "Rybkin et al. 2021 (σ-VAE), section 3.1")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    if let logDeviation = evidence.subject.model.learnedLogDeviation {
      return Measurement(value: 2 * exp(2 * logDeviation), count: 1)
    }
    guard let weight = evidence.subject.configuration.likelihood.settings["mseWeight"] else {
      throw MetricError.notApplicable("its likelihood has no one deviation for all pixels of all images")
    }
    return Measurement(value: 1 / weight, count: 1)
  }
}
