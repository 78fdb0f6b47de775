package import Experiments
import Foundation

/// The two parts of the rate E KL(q(z|x) ‖ p(z)): what codes tell of their items, and how far the aggregate posterior
/// q(z) = 1/N Σ q(z|xₙ) is from the prior.
///
/// I(x; z) = E[log q(z|x) − log q(z)] and KL(q(z) ‖ p(z)) = E[log q(z) − log p(z)], one code of each of the N items whose
/// posteriors are mixed (Hoffman and Johnson 2016; Rosca et al. 2018, section 2; σ-VAE, section 5.2 and Fig. 4). Their sum
/// is the rate. N posteriors that do not overlap have the information log N, and no more can be seen of N items: near that
/// the information is too low, and the divergence too high by as much.
package struct AggregateRate: Metric {
  package enum Part: Sendable {
    /// I(x; z)
    case information
    /// KL(q(z) ‖ p(z))
    case marginal
  }

  let part: Part

  package var card: MetricCard {
    let (name, title) =
      part == .information ? ("mutual-information", "I(x; z)") : ("marginal-kl", "KL(q(z) ‖ p)")
    return MetricCard(
      name: name, title: title, unit: "nats", direction: .neither,
      source: "Hoffman and Johnson 2016; Rosca et al. 2018, section 2; Rybkin et al. 2021 (σ-VAE), section 5.2")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    try evidence.subject.needDensities()
    if part == .marginal { try evidence.subject.needGivenPrior() }
    let densities = evidence.rateDensities
    guard densities.count > 1 else { throw MetricError.tooFew("test items", count: densities.count, needed: 2) }
    let information = SampleMean(of: densities.information)
    return Measurement(
      mean: part == .information ? information : SampleMean(of: densities.divergences),
      settings: ["n": "\(densities.count)"], remark: remark(information, densities.count))
  }

  private func remark(_ information: SampleMean, _ count: Int) -> String? {
    let most = log(Double(count))
    guard most - information.value < AggregateRate.near else { return nil }
    let sentence =
      "the mutual information is near log \(count) = \(Numerals.significant(most)), the most that so many items show"
    return part == .information ? sentence : sentence + "; what it lacks is added here"
  }

  /// Nats below log N at which the information is called near it.
  private static let near = 0.5
}
