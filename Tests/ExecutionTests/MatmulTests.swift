import CKernels
import COneDNN
import Testing

/// Matrix products of oneDNN against plain sums.
struct MatmulTests {
  @Test(
    arguments: [
      [1, 1, 1], [20, 64, 512], [100, 64, 64], [100, 64, 2], [100, 2, 64], [7, 33, 5], [512, 16, 100], [5, 288, 3],
      [3000, 2, 64], [64, 1, 3000],
    ], [(false, false), (true, false), (false, true), (true, true)])
  func `a product sums over the inner size, either side transposed or not`(
    sizes: [Int], transposes: (a: Bool, b: Bool)
  ) throws {
    let (n, m, k) = (sizes[0], sizes[1], sizes[2])
    let (a, b) = (numbers(n * k, seed: 1), numbers(k * m, seed: 2))
    var expected = [Double](repeating: 0, count: n * m)
    for i in 0..<n {
      for l in 0..<k {
        let left = Double(a[transposes.a ? l * n + i : i * k + l])
        for j in 0..<m { expected[i * m + j] += left * Double(b[transposes.b ? j * k + l : l * m + j]) }
      }
    }
    let step = try #require(
      onednn_matmul(Int64(n), Int64(m), Int64(k), transposes.a ? 1 : 0, transposes.b ? 1 : 0, 0, 0, 1))
    defer { onednn_free(step) }
    var c = [Float](repeating: .nan, count: n * m)
    #expect(runOneDNN(step, a, b, nil, &c) == 0)
    // Partial sums of k products stay below 2 √k; the k roundings of 2^-24 of that add up like a random walk.
    #expect(largestDifference(c, expected) < 1e-6 + 1.2e-7 * Double(k))
    #expect(!String(cString: onednn_implementation(step)).contains("ref"))
  }

  @Test(
    .enabled(if: onednn_has_blocks_of_16() != 0, "oneDNN's code for older processors may refuse"),
    arguments: [[100, 64, 2], [64, 1088, 64], [3, 7, 300]])
  func `a bias and a leaky slope are taken along`(sizes: [Int]) throws {
    let (n, m, k) = (sizes[0], sizes[1], sizes[2])
    let (a, b, bias) = (numbers(n * k, seed: 1), numbers(m * k, seed: 2), numbers(m, seed: 3))
    let expected = (0..<n * m).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: m)
      let sum = (0..<k).reduce(Double(bias[column])) { $0 + Double(a[row * k + $1]) * Double(b[column * k + $1]) }
      return sum > 0 ? sum : 0.25 * sum
    }
    let step = try #require(onednn_matmul(Int64(n), Int64(m), Int64(k), 0, 1, 1, 1, 0.25))
    defer { onednn_free(step) }
    var c = [Float](repeating: .nan, count: n * m)
    #expect(runOneDNN(step, a, b, bias, &c) == 0)
    #expect(largestDifference(c, expected) < 1e-6 + 1.2e-7 * Double(k))
  }

  @Test(arguments: [[64, 128, 100], [65, 70, 1030], [3, 7, 5], [1, 64, 1024], [100, 1, 33]])
  func `the kernel for few rows and a large matrix gives their product`(sizes: [Int]) {
    let (n, m, k) = (sizes[0], sizes[1], sizes[2])
    let (a, b) = (numbers(n * k, seed: 1), numbers(k * m, seed: 2))
    let expected = (0..<n * m).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: m)
      return (0..<k).reduce(0.0) { $0 + Double(a[row * k + $1]) * Double(b[$1 * m + column]) }
    }
    var c = [Float](repeating: .nan, count: n * m)
    var scratch = [Float](repeating: .nan, count: kernel_wide_product_scratch(k))
    kernel_wide_product(&c, a, b, n, m, k, &scratch)
    #expect(largestDifference(c, expected) < 1e-6 + 1.2e-7 * Double(k))
  }

  @Test func `a product without elements is refused with a sentence`() {
    #expect(onednn_matmul(0, 3, 4, 0, 0, 0, 0, 1) == nil)
    #expect(String(cString: onednn_error()).contains("[0, 4] and [4, 3]"))
  }
}
