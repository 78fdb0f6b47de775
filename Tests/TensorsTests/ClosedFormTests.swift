import Foundation
import NaiveTwin
import Tensors
import Testing

/// Results worked out by hand: they hold the twin itself to account.
@Suite struct ClosedFormTests {
  private let graph = Graph()
  private let nine: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

  @Test func `a product of matrices`() {
    let (a, b) = (graph.input("a", [2, 3]), graph.input("b", [3, 2]))
    let inputs: [String: [Double]] = ["a": [1, 2, 3, 4, 5, 6], "b": [7, 8, 9, 10, 11, 12]]
    let products = [a.matmul(b), b.matmul(a), a.matmul(b, transposed: (true, true))]
    #expect(
      NaiveTwin.evaluate(products, inputs: inputs) == [
        [58, 64, 139, 154],
        [39, 54, 69, 49, 68, 87, 59, 82, 105],
        [39, 49, 59, 54, 68, 82, 69, 87, 105],
      ])
  }

  @Test func `a convolution of three by three, padded, slides the kernel without turning it`() {
    let (x, w) = (graph.input("x", [1, 1, 3, 3]), graph.input("w", [1, 1, 3, 3]))
    let y = x.convolved(with: w, ConvolutionGeometry(stride: 1, padding: 1))
    let kernel: [Double] = [0, 1, 0, 2, 3, 0, 0, 0, 4]
    // The middle: 1·2 (above) + 2·4 (left) + 3·5 (itself) + 4·9 (below right).
    #expect(
      NaiveTwin.evaluate([y], inputs: ["x": nine, "w": kernel]) == [[23, 32, 13, 45, 61, 31, 25, 43, 49]])
  }

  @Test func `a stride leaves out what the last step does not reach`() {
    let (x, w) = (graph.input("x", [1, 1, 3, 3]), graph.input("w", [1, 1, 2, 2]))
    let y = x.convolved(with: w, ConvolutionGeometry(stride: 2, padding: 0))
    let gradient = graph.gradients(of: y.sum(), withRespectTo: [x])
    let inputs = ["x": nine, "w": [1, 10, 100, 1000]]
    #expect(NaiveTwin.evaluate([y] + gradient, inputs: inputs) == [[5421], [1, 10, 0, 100, 1000, 0, 0, 0, 0]])
  }

  /// TensorFlow's documentation of `tf.nn.convolution`, and the paddings of the papers' networks.
  @Test func `same padding gives the ceiling of size over stride, and puts an odd zero at the end`() {
    let expected: [(kernel: Int, stride: Int, size: Int, before: Int, after: Int)] = [
      (3, 1, 7, 1, 1), (4, 1, 8, 1, 2), (3, 2, 8, 0, 1), (3, 2, 7, 1, 1), (4, 2, 8, 1, 1), (5, 2, 8, 1, 2),
      (5, 2, 7, 2, 2), (6, 2, 8, 2, 2), (1, 2, 8, 0, 0),
    ]
    for (kernel, stride, size, before, after) in expected {
      let geometry = AxisGeometry.same(size: size, kernel: kernel, stride: stride)
      #expect(geometry == AxisGeometry(stride: stride, before: before, after: after))
      #expect(geometry.reduced(size, kernel: kernel) == (size + stride - 1) / stride)
    }
  }

  @Test func `a transposed convolution lays a copy of the kernel for every element`() {
    let (x, w) = (graph.input("x", [1, 1, 2, 2]), graph.input("w", [1, 1, 2, 2]))
    let y = x.transposedConvolved(with: w, ConvolutionGeometry(stride: 1, padding: 0))
    let inputs: [String: [Double]] = ["x": [1, 2, 3, 4], "w": [1, 10, 100, 1000]]
    #expect(NaiveTwin.evaluate([y], inputs: inputs) == [[1, 12, 20, 103, 1234, 2040, 300, 3400, 4000]])
  }

  @Test func `images and channels of a convolution keep apart`() {
    let (x, w) = (graph.input("x", [2, 2, 1, 1]), graph.input("w", [3, 2, 1, 1]))
    let y = x.convolved(with: w, ConvolutionGeometry(stride: 1, padding: 0))
    let inputs: [String: [Double]] = ["x": [1, 2, 3, 4], "w": [1, 0, 0, 1, 10, 100]]
    #expect(y.shape == [2, 3, 1, 1])
    #expect(NaiveTwin.evaluate([y], inputs: inputs) == [[1, 2, 210, 3, 4, 430]])
  }

  @Test func `a convolution and its two gradients are transposes of each other`() {
    let geometry = ConvolutionGeometry(stride: 2, padding: 1)
    let (x, w) = (graph.input("x", [2, 3, 7, 6]), graph.input("w", [4, 3, 4, 4]))
    let g = graph.input("g", [2, 4, 3, 3])
    let forms = [
      (x.convolved(with: w, geometry) * g).sum(),
      (g.transposedConvolved(with: w, geometry, height: 7, width: 6) * x).sum(),
      (x.weightGradient(against: g, geometry, kernel: 4) * w).sum(),
    ]
    let generator = Generator(seed: 1)
    let inputs = [x, w, g].enumerated().map { generator.normals($1.shape.count, stream: UInt64($0)).map(Double.init) }
    let values = NaiveTwin.evaluate(forms, inputs: ["x": inputs[0], "w": inputs[1], "g": inputs[2]]).map { $0[0] }
    // Double sums of some thousand terms of the order of one.
    #expect(abs(values[0] - values[1]) < 1e-10 && abs(values[0] - values[2]) < 1e-10)
  }

  @Test func `a log-sum-exp does not overflow, and of equal numbers exceeds them by the log of their count`() {
    let x = graph.input("x", [2, 4])
    let values = NaiveTwin.evaluate(
      [x.logSumExp(along: [1])], inputs: ["x": [1000, 1000, 1000, 1000, -2000, -2000, -2000, -2000]])
    #expect(values == [[1000 + log(4), -2000 + log(4)]])
  }

  @Test func `operands are stretched with trailing axes aligned`() {
    let (row, column) = (graph.input("row", [3]), graph.input("column", [2, 1]))
    #expect(
      NaiveTwin.evaluate([row + column], inputs: ["row": [1, 2, 3], "column": [10, 20]]) == [[11, 12, 13, 21, 22, 23]])
  }

  @Test func `rows are picked by index, and added back where they came from`() {
    let (table, index) = (graph.input("table", [3, 2]), graph.input("index", [3]))
    let picked = table.gather(index)
    let inputs: [String: [Double]] = ["table": [1, 2, 3, 4, 5, 6], "index": [2, 0, 2]]
    #expect(
      NaiveTwin.evaluate([picked, picked.scattered(into: 3, at: index)], inputs: inputs) == [
        [5, 6, 1, 2, 5, 6], [1, 2, 0, 0, 10, 12],
      ])
  }

  @Test func `slices undo a concatenation`() {
    let (a, b) = (graph.input("a", [2, 1]), graph.input("b", [2, 2]))
    let whole = Tensor.concatenate([a, b], axis: 1)
    let values = NaiveTwin.evaluate(
      [whole, whole.slice(axis: 1, 0..<1), whole.slice(axis: 1, 1..<3)], inputs: ["a": [1, 4], "b": [2, 3, 5, 6]])
    #expect(values == [[1, 2, 3, 4, 5, 6], [1, 4], [2, 3, 5, 6]])
  }

  @Test func `a draw has the numbers of its purpose and step, whatever else is drawn`() {
    let other = graph.uniform([5], purpose: "other")
    let draw = graph.normal([4], purpose: "noise")
    let expected = Generator(seed: 7).split("noise").normals(4, stream: 3).map(Double.init)
    #expect(NaiveTwin.evaluate([draw], seed: 7, step: 3) == [expected])
    #expect(NaiveTwin.evaluate([other, draw], seed: 7, step: 3)[1] == expected)
    #expect(NaiveTwin.evaluate([draw], seed: 7, step: 4) != [expected])
    #expect(NaiveTwin.evaluate([draw], seed: 8, step: 3) != [expected])
  }
}
