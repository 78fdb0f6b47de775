import Datasets
package import Experiments
import Foundation
import Methods
import Tensors

/// The symmetric Kullback-Leibler divergence of prior and aggregate posterior, from distances to nearest neighbours.
///
/// D(P‖Q) = d/n Σ log sᵢ/rᵢ + log m/(n−1) (Pérez-Cruz 2008, eq. 14), rᵢ the distance from xᵢ ~ P to the nearest other
/// x, sᵢ to the nearest y ~ Q; the sum of both directions. P are draws of the prior, Q one code for each of as many test
/// items, a fixed random subset (with further codes of the same items where there are fewer). In `z0` the codes
/// go through g and are compared with N(0, I), as riddhishb/dpVAE does; in `z` the prior's draws go through g⁻¹. The
/// divergence itself is the same in both; the estimator is not.
///
/// The search is exact, where the released code's is approximate to 1 %.
package struct NeighbourDivergence: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "skl/knn", title: "sKL", unit: "nats", direction: .lower,
      source: "Pérez-Cruz 2008, eq. 14; riddhishb/dpVAE, utils.py KLdivergence",
      choices: [.init(key: "space", values: ["z", "z0"])])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (subject, count) = (evidence.subject, evidence.subject.settings.sklSamples)
    let (model, test) = (subject.model, subject.dataset.test)
    guard count > 1 else { throw MetricError.tooFew("draws of each distribution", count: count, needed: 2) }
    let generator = evidence.generator("skl/knn")
    let codes = evidence.codes.posteriors.samples(test.subset(count), generator.split("codes"))
    let divergence =
      id["space"] == "z0"
      ? try SymmetricDivergence(
        normals(generator.split("prior"), count, model.latents), model.generation(of: codes).codes)
      : try SymmetricDivergence(model.priorCodes(count, by: generator.split("prior"), stream: 0), codes)
    return Measurement(
      value: divergence.value, count: count, settings: ["n": "\(count)"], remark: divergence.remark)
  }
}

private func normals(_ generator: Generator, _ rows: Int, _ columns: Int) -> Matrix {
  Matrix(rows: rows, columns: columns, values: generator.normals(rows * columns))
}

/// The estimate of D(P‖Q) + D(Q‖P) from as many points of each.
struct SymmetricDivergence {
  let value: Double
  /// Says how many points had to be left out, if any.
  let remark: String?

  /// - Throws: `MetricError.coincident` where no distance is other than zero.
  init(_ p: Matrix, _ q: Matrix) throws {
    let (amongP, amongQ) = (NearestNeighbours(among: p), NearestNeighbours(among: q))
    let forward = try divergence(
      own: amongP.squaredDistancesToOthers(from: p), other: amongQ.squaredDistances(from: p), d: p.columns, m: q.rows)
    let backward = try divergence(
      own: amongQ.squaredDistancesToOthers(from: q), other: amongP.squaredDistances(from: q), d: q.columns, m: p.rows)
    value = forward.value + backward.value
    let dropped = forward.dropped + backward.dropped
    remark = dropped == 0 ? nil : "\(dropped) points that coincide with another were left out"
  }
}

/// One direction, from squared distances: d/2 · mean log s²/r² + log m/(n−1).
///
/// A distance of zero has no logarithm, and a continuous density gives none; such points are left out and counted.
private func divergence(
  own: [Double], other: [Double], d: Int, m: Int
) throws -> (value: Double, dropped: Int) {
  let ratios = zip(own, other).filter { $0 > 0 && $1 > 0 }.map { log($1 / $0) }
  guard !ratios.isEmpty else { throw MetricError.coincident(count: own.count) }
  let mean = ratios.reduce(0, +) / Double(ratios.count)
  return (0.5 * Double(d) * mean + log(Double(m) / Double(own.count - 1)), own.count - ratios.count)
}
