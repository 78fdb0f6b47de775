import CKernels
import Testing

/// Reductions along axes, strided copies, gathers and scatters against plain loops.
struct AxesKernelTests {
  private func reduced(
    _ x: [Float], _ shape: [Int], _ mask: [Bool], _ start: Double, _ join: (Double, Double) -> Double
  ) -> [Double] {
    let kept = zip(shape, mask).map { $1 ? 1 : $0 }
    var result = [Double](repeating: start, count: kept.reduce(1, *))
    let strides = denseStrides(kept)
    for (position, index) in indices(of: shape).enumerated() {
      let place = index.indices.reduce(0) { $0 + (mask[$1] ? 0 : index[$1] * strides[$1]) }
      result[place] = join(result[place], Double(x[position]))
    }
    return result
  }

  private func masks(_ rank: Int) -> [[Bool]] {
    (0..<(1 << rank)).map { bits in (0..<rank).map { bits >> $0 & 1 == 1 } }
  }

  @Test(arguments: [[37], [5, 7], [3, 1, 4], [3, 5, 2, 7], [2, 3, 4, 3, 2, 3]])
  func `sums and peaks along any axes agree with a plain loop`(shape: [Int]) {
    let x = numbers(shape.reduce(1, *))
    for mask in masks(shape.count) {
      let sums = reduced(x, shape, mask, 0, +)
      var result = [Float](repeating: .nan, count: sums.count)
      let marks = mask.map { $0 ? UInt8(1) : 0 }
      kernel_sum_axes(&result, x, shape.count, shape, marks)
      // Up to 432 numbers below one: the sum is below 32 and rounded to float32 a handful of times.
      #expect(largestDifference(result, sums) < 1e-5)
      kernel_max_axes(&result, x, shape.count, shape, marks)
      #expect(largestDifference(result, reduced(x, shape, mask, -.infinity, Swift.max)) == 0)
    }
  }

  @Test(arguments: [([1000, 300], 0), ([300, 1000], 1), ([700, 513], 0), ([3, 5000], 1)])
  func `sums of long columns and rows are accurate`(shape: [Int], axis: Int) {
    let x = numbers(shape[0] * shape[1]).map { $0 + 1 }
    let mask = [axis == 0, axis == 1]
    let expected = reduced(x, shape, mask, 0, +)
    var sums = [Float](repeating: 0, count: expected.count)
    kernel_sum_axes(&sums, x, 2, shape, mask.map { $0 ? 1 : 0 })
    #expect(agree(sums, expected, relative: 1e-6))
  }

  @Test func `a million terms add up to one part in a million`() {
    let x = numbers(1_000_003).map { $0 + 1 }
    var sum: Float = 0
    kernel_sum_axes(&sum, x, 1, [x.count], [1])
    let expected = x.reduce(0.0) { $0 + Double($1) }
    #expect(abs(Double(sum) - expected) < 1e-6 * expected)
  }

  @Test(arguments: [0, 5, 20, 39])
  func `the peak of numbers among which one is NaN is NaN`(place: Int) {
    var (row, peak) = (numbers(40), Float(0))
    row[place] = .nan
    kernel_max_axes(&peak, row, 1, [40], [1])
    #expect(peak.isNaN)
    var peaks = [Float](repeating: 0, count: 4)
    kernel_max_axes(&peaks, row, 2, [10, 4], [1, 0])
    #expect(peaks.map(\.isNaN) == (0..<4).map { $0 == place % 4 })
  }

  @Test(arguments: [
    ([5, 70], [1, 5]), ([70, 40], [1, 70]), ([4, 6, 10], [10, 40, 1]), ([3, 4, 5, 6], [1, 3, 12, 60]),
    ([7, 9], [0, 1]), ([7, 9], [1, 0]), ([3, 4, 5], [0, 0, 0]), ([2, 3, 4], [12, 4, 1]), ([3, 5], [20, 2]),
    ([1, 1, 6], [9, 9, 3]), ([1, 1], [3, 3]), ([2, 3, 2, 3, 2, 3], [0, 1, 0, 3, 9, 18]),
  ])
  func `a strided copy takes each number from where its strides point`(shape: [Int], strides: [Int]) {
    let x = numbers(5000)
    let expected = indices(of: shape).map { index in x[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }] }
    var result = [Float](repeating: .nan, count: expected.count)
    kernel_strided_copy(&result, x, shape.count, shape, strides)
    #expect(result == expected)
  }

  @Test func `a strided copy runs backwards where a stride is negative`() {
    let x = numbers(10)
    var result = [Float](repeating: .nan, count: 10)
    x.withUnsafeBufferPointer { memory in
      kernel_strided_copy(&result, memory.baseAddress.map { $0 + 9 }, 1, [10], [-1])
    }
    #expect(result == x.reversed())
  }

  @Test func `rows are picked out of a table and added back into one`() {
    let (columns, picks) = (19, [Float](arrayLiteral: 3, 0, 3, 1))
    let table = numbers(5 * columns)
    var rows = [Float](repeating: .nan, count: picks.count * columns)
    kernel_gather(&rows, table, picks, picks.count, columns)
    for (row, pick) in picks.enumerated() {
      let from = Int(pick) * columns
      #expect(Array(rows[row * columns..<(row + 1) * columns]) == Array(table[from..<from + columns]))
    }
    var back = [Float](repeating: .nan, count: 5 * columns)
    kernel_scatter(&back, rows, picks, picks.count, columns, 5)
    let times: [Float] = [1, 1, 0, 2, 0]
    #expect(back == table.indices.map { times[$0 / columns] * table[$0] })
  }
}
