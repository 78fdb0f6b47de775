import Datasets
import Tensors

/// Rows handled at a time, so that memory does not grow with the counts. Changing it changes which random numbers meet
/// which row, and so the bits of every sampled score.
let chunk = 1000

/// The numbers below `count` in ranges of a chunk; the last may be shorter.
func chunks(_ count: Int) -> [Range<Int>] {
  stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
}

extension Items {
  /// The index of the `position`th of `picked` items that are spread evenly over all; asked for more than there are,
  /// items repeat.
  func spread(_ picked: Int, _ position: Int) -> Int { position * count / picked }
}

extension Matrix {
  /// The rows of a range.
  func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      values: Array(values[(range.lowerBound * columns)..<(range.upperBound * columns)]))
  }

  /// Matrices of the same width, one below the other.
  static func stacking(_ parts: [Matrix], columns: Int) -> Matrix {
    Matrix(rows: parts.map(\.rows).reduce(0, +), columns: columns, values: parts.flatMap(\.values))
  }
}
