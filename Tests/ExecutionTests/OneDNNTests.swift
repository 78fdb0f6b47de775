import COneDNN
import Testing

/// Convolution steps of oneDNN against plain sums, in the layouts that training uses.
struct OneDNNTests {
  /// dpVAE's convolutions on MNIST, with smaller batches, and shapes with colours, odd sizes and no padding.
  static let geometries = [
    NaiveConvolution(2, 1, 28, 28, to: 32, 4, 2, 1),
    NaiveConvolution(2, 32, 14, 14, to: 32, 3, 1, 0),
    NaiveConvolution(2, 32, 12, 12, to: 32, 4, 2, 1),
    NaiveConvolution(3, 32, 6, 6, to: 32, 3, 1, 0),
    NaiveConvolution(1, 3, 16, 16, to: 32, 4, 2, 1),
    NaiveConvolution(2, 16, 9, 7, to: 48, 3, 1, 1),
    NaiveConvolution(1, 48, 8, 8, to: 16, 5, 2, 2),
    NaiveConvolution(1, 32, 7, 7, to: 16, 4, 2, 1),
  ]

  /// The same as oneDNN's record: blocks of sixteen channels wherever the channels allow it.
  /// Elsewhere oneDNN has code for plain images only.
  private let hasBlocks = onednn_has_blocks_of_16() != 0

  private func record(_ shape: NaiveConvolution, batch: Int? = nil) -> onednn_convolution {
    func layout(_ channels: Int) -> Int32 {
      Int32((channels % 16 == 0 && hasBlocks ? ONEDNN_NCHW16C : ONEDNN_NCHW).rawValue)
    }
    return onednn_convolution(
      batch: Int64(batch ?? shape.batch), inputs: Int64(shape.inputs), height: Int64(shape.height),
      width: Int64(shape.width), outputs: Int64(shape.outputs), kernel: twice(shape.kernel),
      stride: twice(shape.stride), padding: twice(shape.padding), padding_end: twice(shape.padding),
      image_layout: layout(shape.inputs), output_layout: layout(shape.outputs), winograd: 0)
  }

  /// The same along both axes.
  private func twice(_ number: Int) -> (Int64, Int64) { (Int64(number), Int64(number)) }

  private func images(_ x: [Float], _ shape: NaiveConvolution, _ change: Layout) -> [Float] {
    let area = shape.height * shape.width
    return shape.inputs % 16 == 0 && hasBlocks ? change(x, shape.batch, shape.inputs, area) : x
  }

  private func results(_ y: [Float], _ shape: NaiveConvolution, _ change: Layout) -> [Float] {
    let area = shape.reducedHeight * shape.reducedWidth
    return shape.outputs % 16 == 0 && hasBlocks ? change(y, shape.batch, shape.outputs, area) : y
  }

  typealias Layout = ([Float], Int, Int, Int) -> [Float]
  private let toBlocks: Layout = { blocked($0, batch: $1, channels: $2, area: $3) }
  private let fromBlocks: Layout = { plain($0, batch: $1, channels: $2, area: $3) }

  /// Runs a step once and frees it.
  private func run(
    _ step: OpaquePointer?, _ first: [Float], _ second: [Float], bias: [Float]? = nil, count: Int
  ) throws -> [Float] {
    let step = try #require(step, "\(String(cString: onednn_error()))")
    defer { onednn_free(step) }
    var out = [Float](repeating: .nan, count: count)
    #expect(runOneDNN(step, first, second, bias, &out) == 0, "\(String(cString: onednn_error()))")
    return out
  }

  static let tiled = [
    NaiveConvolution(2, 32, 14, 14, to: 32, 3, 1, 0), NaiveConvolution(3, 48, 9, 11, to: 16, 3, 1, 1),
    NaiveConvolution(1, 16, 6, 6, to: 32, 3, 1, 1), NaiveConvolution(2, 128, 10, 10, to: 64, 3, 1, 0),
  ]

  // The transformations of 4×4 tiles multiply by up to eight and cancel: an error some six times that of plain sums.
  @Test(.enabled(if: onednn_has_blocks_of_16() != 0, "oneDNN has it for AVX-512 alone"), arguments: tiled)
  func `Winograd's algorithm gives a convolution and its gradients`(shape: NaiveConvolution) throws {
    let (x, w) = (numbers(shape.imageCount, seed: 1), numbers(shape.weightCount, seed: 2))
    let g = numbers(shape.resultCount, seed: 3)
    var record = record(shape)
    record.winograd = 1
    let (input, gradient) = (images(x, shape, toBlocks), results(g, shape, toBlocks))
    let y = try run(onednn_convolution_forward(&record, 0, 0, 1), input, w, count: shape.resultCount)
    let dx = try run(onednn_convolution_input_gradient(&record), gradient, w, count: shape.imageCount)
    let dw = try run(onednn_convolution_weight_gradient(&record), input, gradient, count: shape.weightCount)
    #expect(largestDifference(results(y, shape, fromBlocks), shape.forward(x, w)) < 6 * tolerance)
    #expect(largestDifference(images(dx, shape, fromBlocks), shape.inputGradient(g, w)) < 6 * tolerance)
    #expect(largestDifference(dw, shape.weightGradient(x, g)) < 6 * tolerance)
  }

  // Sums of at most 48 × 25 products below one in float32: their error stays well under 5e-5.
  private let tolerance = 5e-5

  @Test(arguments: geometries)
  func `a forward step is a convolution with bias and leaky slope`(shape: NaiveConvolution) throws {
    let (x, w) = (numbers(shape.imageCount, seed: 1), numbers(shape.weightCount, seed: 2))
    let bias = numbers(shape.outputs, seed: 3)
    var record = record(shape)
    let input = images(x, shape, toBlocks)
    let plain = try run(onednn_convolution_forward(&record, 0, 0, 0), input, w, count: shape.resultCount)
    let leaky = try run(
      onednn_convolution_forward(&record, 1, 1, 0.1), input, w, bias: bias, count: shape.resultCount)
    let expected = shape.forward(x, w)
    let area = shape.reducedHeight * shape.reducedWidth
    let bent = expected.enumerated().map { place, value in
      let sum = value + Double(bias[place / area % shape.outputs])
      return sum > 0 ? sum : 0.1 * sum
    }
    #expect(largestDifference(results(plain, shape, fromBlocks), expected) < tolerance)
    #expect(largestDifference(results(leaky, shape, fromBlocks), bent) < tolerance)
  }

  @Test(arguments: geometries)
  func `an input gradient step is the transposed convolution`(shape: NaiveConvolution) throws {
    let (g, w) = (numbers(shape.resultCount, seed: 1), numbers(shape.weightCount, seed: 2))
    var record = record(shape)
    let gradient = try run(
      onednn_convolution_input_gradient(&record), results(g, shape, toBlocks), w, count: shape.imageCount)
    #expect(largestDifference(images(gradient, shape, fromBlocks), shape.inputGradient(g, w)) < tolerance)
  }

  @Test(arguments: geometries)
  func `a weight gradient step gives plain weights`(shape: NaiveConvolution) throws {
    let (x, g) = (numbers(shape.imageCount, seed: 1), numbers(shape.resultCount, seed: 2))
    var record = record(shape)
    let gradient = try run(
      onednn_convolution_weight_gradient(&record), images(x, shape, toBlocks), results(g, shape, toBlocks),
      count: shape.weightCount)
    #expect(largestDifference(gradient, shape.weightGradient(x, g)) < tolerance)
  }

  @Test(arguments: geometries)
  func `no step of a geometry in training runs reference code`(shape: NaiveConvolution) throws {
    var record = record(shape, batch: 100)
    var steps = [onednn_convolution_forward(&record, 1, 1, 0), onednn_convolution_weight_gradient(&record)]
    if shape.inputs >= 16 { steps.append(onednn_convolution_input_gradient(&record)) }
    for step in steps {
      let step = try #require(step)
      let name = String(cString: onednn_implementation(step))
      #expect(!name.isEmpty && !name.contains("ref"), "\(name)")
      onednn_free(step)
    }
  }

  @Test func `a step gives the same bits each time`() throws {
    let shape = NaiveConvolution(4, 32, 14, 14, to: 32, 3, 1, 0)
    var record = record(shape)
    let step = try #require(onednn_convolution_weight_gradient(&record))
    defer { onednn_free(step) }
    let (x, g) = (numbers(shape.imageCount, seed: 1), numbers(shape.resultCount, seed: 2))
    var (first, second) = (
      [Float](repeating: 0, count: shape.weightCount), [Float](repeating: 1, count: shape.weightCount)
    )
    #expect(runOneDNN(step, x, g, nil, &first) == 0)
    #expect(runOneDNN(step, x, g, nil, &second) == 0)
    #expect(first == second)
  }

  @Test func `a shape that cannot be is refused with a sentence that names it`() {
    var small = record(NaiveConvolution(1, 16, 3, 3, to: 16, 5, 1, 0))
    #expect(onednn_convolution_forward(&small, 0, 0, 0) == nil)
    #expect(
      String(cString: onednn_error()).contains("[1, 16, 3, 3] with [16, 16, 5, 5], strides 1 and 1, padding 0 + 0"))
    var thin = record(NaiveConvolution(1, 3, 8, 8, to: 16, 3, 1, 0))
    thin.image_layout = Int32(ONEDNN_NCHW16C.rawValue)
    #expect(onednn_convolution_input_gradient(&thin) == nil)
    #expect(String(cString: onednn_error()).contains("multiples of 16"))
  }

  @Test func `a step with a bias is not run without one`() throws {
    var record = record(NaiveConvolution(1, 16, 6, 6, to: 16, 3, 1, 0))
    let step = try #require(onednn_convolution_forward(&record, 1, 0, 0))
    defer { onednn_free(step) }
    var out = [Float](repeating: 0, count: 256)
    #expect(runOneDNN(step, numbers(576), numbers(2304), nil, &out) != 0)
    #expect(String(cString: onednn_error()).contains("bias"))
  }

  @Test func `a step that needs scratch memory is not run without it`() throws {
    guard hasBlocks else { return }
    var record = record(NaiveConvolution(1, 16, 8, 8, to: 16, 3, 1, 1))
    record.winograd = 1
    let step = try #require(onednn_convolution_weight_gradient(&record))
    defer { onednn_free(step) }
    var out = [Float](repeating: 0, count: 2304)
    #expect(onednn_scratch(step) > 0)
    #expect(onednn_run(step, numbers(1024), numbers(1024), nil, &out, nil) != 0)
    #expect(String(cString: onednn_error()).contains("scratch"))
  }

  @Test func `the version names the instruction set`() {
    #expect(String(cString: onednn_version()).split(separator: " ").count == 2)
  }
}
