package import Experiments
import Foundation
import Methods
import Tensors

/// The mean of Σ_z's eigenvalues: of the posteriors' variances over test items and latent dimensions.
///
/// Encoders are diagonal, so that the eigenvalues are the variances λ_j = E_x σ_j². Dimensions that the decoder does not
/// use keep the prior's 1, those it uses fall towards 0 (Dai and Wipf 2019, Fig. 2). The curve `posterior-variance` has
/// them by rank, from the smallest.
package struct PosteriorVariance: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "posterior-variance", title: "λ(Σz)", unit: "variance", direction: .neither,
      source: "Dai and Wipf 2019 (Two-Stage VAE), Fig. 2", curves: ["posterior-variance"])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    try evidence.subject.needDensities()
    let variances = evidence.codes.posteriors.meanVariances
    return Measurement(
      value: variances.reduce(0, +) / Double(variances.count), count: evidence.codes.posteriors.count,
      settings: ["n": "\(evidence.codes.posteriors.count)"], curve: ranked(variances.sorted(), "posterior-variance"))
  }
}

extension Posteriors {
  /// The mean of e^logVariance over the posteriors, for each dimension.
  var meanVariances: [Double] {
    (0..<means.columns).map { column in
      (0..<count).reduce(0.0) { $0 + exp(Double(logVariances[$1, column])) } / Double(count)
    }
  }
}
