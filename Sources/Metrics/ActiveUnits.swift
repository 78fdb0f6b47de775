package import Experiments
import Methods
import Tensors

/// The number of latent dimensions that respond to the items: those with Var_x E[z_j|x] > 0.01 over the test items.
///
/// Source: Burda, Grosse and Salakhutdinov 2016, section 5 (A_u with its threshold of 10⁻²).
package struct ActiveUnits: Metric {
  package static let threshold = 0.01

  package var card: MetricCard {
    MetricCard(
      name: "active-units", title: "active", unit: "latent dimensions", direction: .neither,
      source: "Burda et al. 2016, section 5")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let means = evidence.codes.posteriors.means
    guard means.rows > 1 else { throw MetricError.tooFew("test items", count: means.rows, needed: 2) }
    guard means.values.allSatisfy(\.isFinite) else { throw MetricError.notFinite("means of posteriors") }
    let active = columnMoments(of: means).count { $0.variance > ActiveUnits.threshold }
    return Measurement(
      value: Double(active), count: means.rows, settings: ["n": "\(means.rows)"],
      remark: "of \(means.columns) dimensions")
  }
}
