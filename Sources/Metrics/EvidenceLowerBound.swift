package import Experiments
import Methods

/// The evidence lower bound and its two parts, means over the test set in nats per item with all constants.
///
/// ELBO = E log p(x|z) − KL(q(z|x) ‖ p(z)), one z from each item's posterior. Kingma and Welling (2014), eq. 3; the
/// decoupled prior's KL as dpVAE's eq. 5 with the constant it drops.
package struct EvidenceLowerBound: Metric {
  package enum Part: Sendable {
    /// The bound itself.
    case whole
    /// Its negative, an upper bound of −log p(x): how σ-VAE's tables print it.
    case negative
    /// −log p(x|z)
    case distortion
    /// KL(q(z|x) ‖ p(z))
    case rate
  }

  let part: Part

  package var card: MetricCard {
    switch part {
    case .whole: card("elbo", "ELBO", .higher)
    case .negative: card("nll/bound", "−ELBO", .lower)
    case .distortion: card("reconstruction", "−log p(x|z)", .lower)
    case .rate: card("kl", "KL", .neither)
    }
  }

  private func card(_ name: String, _ title: String, _ direction: Direction) -> MetricCard {
    MetricCard(
      name: name, title: title, unit: "nats per image", direction: direction,
      source: "Kingma and Welling 2014, eq. 3; Bhalodia et al. 2020 (dpVAE), eq. 5")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    if part != .distortion { try evidence.subject.needDensities() }
    let codes = evidence.codes
    let values = zip(codes.distortions, codes.rates).map { distortion, rate in
      switch part {
      case .whole: -(distortion + rate)
      case .negative: distortion + rate
      case .distortion: distortion
      case .rate: rate
      }
    }
    return Measurement(
      mean: SampleMean(of: values), settings: ["n": "\(values.count)"],
      remark: part == .rate ? nil : evidence.subject.likelihoodRemark)
  }
}

extension Measurement {
  init(mean: SampleMean, settings: [String: String], remark: String? = nil) {
    self.init(
      value: mean.value, standardError: mean.standardError, count: mean.count, settings: settings, remark: remark)
  }
}
