import CKernels
import Testing

/// The transposed convolution to a few image channels against plain sums.
struct ThinTransposedTests {
  static let geometries = [
    NaiveConvolution(2, 1, 28, 28, to: 32, 4, 2, 1),
    NaiveConvolution(2, 3, 16, 16, to: 32, 3, 1, 1),
    NaiveConvolution(2, 3, 9, 9, to: 16, 3, 1, 0),
    NaiveConvolution(1, 3, 12, 10, to: 48, 4, 2, 1),
    NaiveConvolution(2, 2, 11, 13, to: 16, 5, 2, 2),
    NaiveConvolution(1, 4, 10, 14, to: 16, 6, 2, 2),
    NaiveConvolution(1, 1, 7, 7, to: 16, 6, 1, 3),
    NaiveConvolution(1, 3, 8, 8, to: 32, 4, 2, 1),
    NaiveConvolution(1, 2, 8, 9, to: 16, 3, 2, 0),
  ]

  private func run(_ shape: NaiveConvolution, _ g: [Float], _ w: [Float], bias: [Float]?) -> [Float] {
    let (gh, gw) = (shape.reducedHeight, shape.reducedWidth)
    let blocks = blocked(g, batch: shape.batch, channels: shape.outputs, area: gh * gw)
    var sizes = kernel_thin_shape(
      batch: shape.batch, outputs: shape.outputs, inputs: shape.inputs, rows: gh, columns: gw, height: shape.height,
      width: shape.width, kernel: (shape.kernel, shape.kernel), stride: (shape.stride, shape.stride),
      padding: (shape.padding, shape.padding))
    let needed = kernel_thin_scratch(&sizes)
    var scratch = [Float](repeating: .nan, count: needed + 1)
    scratch[needed] = 77
    var out = [Float](repeating: .nan, count: shape.imageCount)
    kernel_thin_transposed(&out, blocks, w, bias, &scratch, &sizes)
    #expect(scratch[needed] == 77, "the scratch memory asked for is all that is used")
    return out
  }

  @Test(arguments: geometries)
  func `the patches add up to the images' gradient`(shape: NaiveConvolution) {
    let (g, w) = (numbers(shape.resultCount, seed: 1), numbers(shape.weightCount, seed: 2))
    // At most 48 × 36 products below one, summed in float32 in chains of up to 48.
    #expect(largestDifference(run(shape, g, w, bias: nil), shape.inputGradient(g, w)) < 2e-5)
  }

  @Test func `the bias is added to its channel`() {
    let shape = NaiveConvolution(2, 3, 16, 16, to: 16, 4, 2, 1)
    let (g, w) = (numbers(shape.resultCount, seed: 1), numbers(shape.weightCount, seed: 2))
    let bias: [Float] = [1, -2, 0.5]
    let expected = shape.inputGradient(g, w).enumerated().map { $1 + Double(bias[$0 / 256 % 3]) }
    #expect(largestDifference(run(shape, g, w, bias: bias), expected) < 2e-5)
  }

  @Test func `an image's result does not depend on the batch around it`() {
    let (one, three) = (
      NaiveConvolution(1, 1, 28, 28, to: 32, 4, 2, 1), NaiveConvolution(3, 1, 28, 28, to: 32, 4, 2, 1)
    )
    let (g, w) = (numbers(three.resultCount, seed: 1), numbers(three.weightCount, seed: 2))
    let second = Array(g[one.resultCount..<2 * one.resultCount])
    let all = run(three, g, w, bias: nil)
    #expect(run(one, second, w, bias: nil) == Array(all[one.imageCount..<2 * one.imageCount]))
  }
}
