import Datasets
import Tensors

/// Rows handled at a time, so that memory does not grow with the counts. Changing it changes which random numbers meet
/// which row, and so the bits of every sampled score.
let chunk = 1000

/// The numbers below `count` in ranges of a chunk, or of another length; the last may be shorter.
func chunks(_ count: Int, of length: Int = chunk) -> [Range<Int>] {
  stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
}

extension Items {
  /// The indices of `picked` items, the same for every run and method, and the smaller subset within the larger; asked
  /// for more than there are, items repeat.
  ///
  /// They are drawn at random because the order of a dataset has structure: MNIST's training images alternate between
  /// two populations of writers, which its test images have one after the other. Its head, or every sixth image, is not
  /// the dataset.
  func subset(_ picked: Int) -> [Int] {
    let order = Generator(seed: 0).split("subset").permutation(count)
    return (0..<picked).map { Int(order[$0 % count]) }
  }
}

extension Matrix {
  /// The rows of a range.
  func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      values: Array(values[(range.lowerBound * columns)..<(range.upperBound * columns)]))
  }
}
