package import Experiments
import Tensors

/// How far the aggregate posterior's spectrum is from white: the mean of |s_j/√n − 1| over the singular values of a matrix
/// of n codes, one of each of as many training items, 0 for a standard normal distribution and n → ∞.
///
/// In `z` codes are the first stage's, in `u` the second's (Dai and Wipf 2019, Fig. 3). The curves `spectrum-z`,
/// `spectrum-u` and `spectrum-normal`, that of independent normal numbers in a matrix of the same size, have s_j/√n by
/// rank, from the largest.
package struct Spectrum: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "spectrum", title: "|s − 1|", unit: "singular value / √n", direction: .lower,
      source: "Dai and Wipf 2019 (Two-Stage VAE), Fig. 3", choices: [TrainingCodes.spaces],
      curves: ["spectrum-normal", "spectrum-u", "spectrum-z"])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let codes = try evidence.trainingCodes.codes(for: id["space"])
    let (values, normal) = try (
      scaledSingularValues(of: codes), scaledSingularValues(of: evidence.normalCodes(like: codes))
    )
    return Measurement(
      value: departure(values), count: codes.rows, settings: ["n": "\(codes.rows)", "ref": "train"],
      remark: "independent normal numbers have \(Numerals.significant(departure(normal)))",
      curve: ranked(values, "spectrum-\(id["space"] ?? "z")") + ranked(normal, "spectrum-normal"))
  }

  func departure(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + abs($1 - 1) } / Double(values.count)
  }
}

/// Numbers as a curve by rank, the first of which is 1.
func ranked(_ values: [Double], _ name: String) -> [CurvePoint] {
  values.enumerated().map { CurvePoint(name: name, iteration: $0.offset + 1, value: $0.element) }
}

extension Evidence {
  /// Independent standard normal numbers, the same for every matrix of a size.
  func normalCodes(like codes: Matrix) -> Matrix {
    Matrix(
      rows: codes.rows, columns: codes.columns, values: generator("normal codes").normals(codes.rows * codes.columns))
  }
}
