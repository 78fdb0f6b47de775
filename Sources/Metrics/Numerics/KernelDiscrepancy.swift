import COpenBLAS
import Tensors

/// The unbiased estimate of a squared maximum mean discrepancy under (x·y/d + 1)³, from equally many rows of each side.
///
/// mean of k(x, x′) over pairs of unlike x + the same of y − 2 mean of k(x, y) (Bińkowski et al. 2018, eq. 4 with a kernel
/// of degree three); below zero as often as not where both sides have one distribution.
func kernelDiscrepancy(_ x: Matrix, _ y: Matrix) -> Double {
  precondition(x.rows == y.rows && x.rows > 1, "\(x.rows) and \(y.rows) rows are not as many of each, two at least")
  let (left, right) = (x.values.map(Double.init), y.values.map(Double.init))
  let (count, columns) = (x.rows, x.columns)
  let pairs = Double(count) * Double(count - 1)
  let same = kernelSums(left, left, count, columns).unlike + kernelSums(right, right, count, columns).unlike
  return same / pairs - 2 * kernelSums(left, right, count, columns).all / (Double(count) * Double(count))
}

/// The sums of the kernel over all pairs, and over those whose numbers differ.
private func kernelSums(_ x: [Double], _ y: [Double], _ count: Int, _ columns: Int) -> (all: Double, unlike: Double) {
  openblas_set_num_threads(1)
  var products = [Double](repeating: 0, count: count * count)
  let (n, k) = (Int32(count), Int32(columns))
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, n, k, 1 / Double(columns), x, k, y, k, 0, &products, n)
  var (all, diagonal) = (0.0, 0.0)
  products.withUnsafeBufferPointer { products in
    for row in 0..<count {
      var line = 0.0
      for product in products[(row * count)..<((row + 1) * count)] {
        let base = product + 1
        line += base * base * base
      }
      let own = products[row * (count + 1)] + 1
      diagonal += own * own * own
      all += line
    }
  }
  return (all, all - diagonal)
}

/// The mean of the discrepancy over random subsets of both sides, the same for ever.
struct SubsetDiscrepancy {
  let value: Double
  /// Of the sampling of both sides; `nil` where one subset is all there is.
  let standardError: Double?
  let subsets: Int
  /// Rows of each side in a subset.
  let size: Int

  /// As Bińkowski et al. (2018), section 4, and the programs after them have it.
  static let standardSubsets = 100
  static let standardSize = 1000

  /// Subsets of n rows, m each, share rows. Their spread s² is that of an m-row estimate given the rows there are, about
  /// (1 − m/n) of its whole variance, and the whole variance falls as 1/n. So the variance of the mean over B subsets is
  /// about s² / B + s² / (1 − m/n) · m/n = s² (1/B + m / (n − m)).
  init(_ x: Matrix, _ y: Matrix, subsets: Int = standardSubsets, size: Int = standardSize) {
    let least = min(x.rows, y.rows)
    self.size = min(size, least)
    self.subsets = max(x.rows, y.rows) > self.size ? subsets : 1
    let (generator, rows) = (Generator(seed: 0).split("kernel subsets"), self.size)
    let values = (0..<self.subsets).map { subset in
      kernelDiscrepancy(
        x.picking(generator.split("x").picked(rows, of: x.rows, subset)),
        y.picking(generator.split("y").picked(rows, of: y.rows, subset)))
    }
    let mean = SampleMean(of: values)
    value = mean.value
    let (m, n) = (Double(self.size), Double(least))
    standardError = mean.standardError.flatMap {
      m < n ? $0 * (1 + Double(values.count) * m / (n - m)).squareRoot() : nil
    }
  }
}

extension Generator {
  fileprivate func picked(_ rows: Int, of count: Int, _ stream: Int) -> [Int] {
    permutation(count, stream: UInt64(stream)).prefix(rows).map(Int.init)
  }
}
