import COpenBLAS
package import Tensors

/// Mean and covariance of features, in float64.
package struct Moments: Equatable {
  package let count: Int
  package let mean: [Double]
  /// Row after row, with n − 1 in the denominator.
  package let covariance: [Double]

  var size: Int { mean.count }
}

/// The moments of items' features, with those that leave a part of the items out.
///
/// Item i belongs to group i mod `groups`, and each group's sums grow by blocks of its own rows: the result does not
/// depend on how many items are handed over at a time.
package struct FeatureMoments {
  /// The number of groups: ten, or one where nothing is to be left out, since each holds a matrix.
  let groups: Int
  private var sums: [MomentSums] = []
  private var count = 0

  package init(groups: Int = 10) { self.groups = groups }

  package mutating func add(_ features: Matrix) {
    if sums.isEmpty, features.rows > 0 {
      sums = Array(repeating: MomentSums(shift: features[0].map(Double.init)), count: groups)
    }
    for row in 0..<features.rows {
      sums[count % groups].add(features[row])
      count += 1
    }
  }

  /// The moments of all items.
  package var whole: Moments { moments(of: sums) }

  /// The moments of the items of all groups but one.
  func without(_ group: Int) -> Moments { moments(of: sums.indices.filter { $0 != group }.map { sums[$0] }) }

  private func moments(of parts: [MomentSums]) -> Moments {
    precondition(!parts.isEmpty, "there are no features to take moments of")
    var total = parts[0].flushed
    for part in parts.dropFirst() { total.merge(part.flushed) }
    return total.moments
  }
}

/// Σ (x − c) and Σ (x − c)(x − c)ᵀ about a fixed c near the mean, so that nothing cancels.
private struct MomentSums {
  private let shift: [Double]
  private var count = 0
  private var sum: [Double]
  /// The upper triangle.
  private var products: [Double]
  /// Rows, less the shift, that wait for their block to be full.
  private var pending: [Double] = []

  private static let block = 128

  init(shift: [Double]) {
    self.shift = shift
    sum = Array(repeating: 0, count: shift.count)
    products = Array(repeating: 0, count: shift.count * shift.count)
  }

  mutating func add(_ row: ArraySlice<Float>) {
    for (index, (value, center)) in zip(row, shift).enumerated() {
      let difference = Double(value) - center
      sum[index] += difference
      pending.append(difference)
    }
    count += 1
    if pending.count == Self.block * shift.count { flush() }
  }

  /// These sums with no rows waiting.
  var flushed: MomentSums {
    var copy = self
    copy.flush()
    return copy
  }

  /// Adds those of other rows about the same c, neither with rows waiting.
  mutating func merge(_ other: MomentSums) {
    count += other.count
    for index in sum.indices { sum[index] += other.sum[index] }
    for index in products.indices { products[index] += other.products[index] }
  }

  var moments: Moments {
    let (n, size) = (Double(count), shift.count)
    var covariance = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in row..<size {
        let value = (products[row * size + column] - sum[row] * sum[column] / n) / (n - 1)
        covariance[row * size + column] = value
        covariance[column * size + row] = value
      }
    }
    return Moments(count: count, mean: zip(shift, sum).map { $0 + $1 / n }, covariance: covariance)
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    let size = Int32(shift.count)
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, size, Int32(pending.count) / size, 1, pending, size, 1, &products, size)
    pending.removeAll(keepingCapacity: true)
  }
}
