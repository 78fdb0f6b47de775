internal import CKernels
internal import COneDNN
import Tensors

extension Planner {
  /// Emits a matrix product with the bias per column and the activation that joined its group.
  mutating func lowerMatmul(_ members: [Int]) throws {
    let node = members[0]
    guard let product = survey.operation(node) as? Matmul else {
      preconditionFailure("a product's group starts with another operation")
    }
    let (left, right) = (survey.inputs(node)[0], survey.inputs(node)[1])
    let sizes = ProductSizes(
      rows: survey.shape(node)[0], columns: survey.shape(node)[1],
      terms: survey.shape(left)[product.transposesLeft ? 0 : 1], product: product)
    let (a, b) = (buffer(of: left, as: .plain), buffer(of: right, as: .plain))
    let bias = members.count > 1 ? buffer(of: survey.inputs(members[1])[1], as: .plain) : nil
    let slope = members.count > 2 ? survey.operation(members[2]).leakySlope : nil
    let output = define(members[members.count - 1])
    if bias == nil, sizes.isWide { return emitWide(sizes, a, b, to: output) }
    if bias != nil, let primitive = try? sizes.primitive(hasBias: true, slope: slope) {
      return try emit(primitive, a, b, bias: bias, to: output)
    }
    try emit(sizes.primitive(hasBias: false, slope: nil), a, b, to: output)
    emitBias(bias, slope: slope, on: output, sizes.resultSizes)
  }
}

extension Planner {
  /// Emits a product by the program's own kernel.
  private mutating func emitWide(_ sizes: ProductSizes, _ a: Int, _ b: Int, to output: Int) {
    let scratch = newBuffer(kernel_wide_product_scratch(sizes.terms))
    emit("\(sizes.text) by own kernel", reads: [a, b], writes: [output], scratch: [scratch]) { memory in
      WideProductStep(
        output: memory[output], left: memory[a], right: memory[b], sizes: sizes, scratch: memory[scratch])
    }
  }
}

/// A product of a few rows and a large matrix.
private struct WideProductStep: Step {
  let output: UnsafeMutablePointer<Float>
  let left: UnsafeMutablePointer<Float>
  let right: UnsafeMutablePointer<Float>
  let sizes: ProductSizes
  let scratch: UnsafeMutablePointer<Float>

  func run(_ context: RunContext) {
    kernel_wide_product(output, left, right, sizes.rows, sizes.columns, sizes.terms, scratch)
  }
}

/// A product of `[rows, terms]` and `[terms, columns]`, either of which may lie transposed.
private struct ProductSizes {
  let rows: Int
  let columns: Int
  let terms: Int
  let product: Matmul

  /// - Throws: `ExecutionError`, also where oneDNN's code for the shape takes no bias along.
  func primitive(hasBias: Bool, slope: Float?) throws -> Primitive {
    try Primitive(text) {
      onednn_matmul(
        Int64(rows), Int64(columns), Int64(terms), product.transposesLeft ? 1 : 0, product.transposesRight ? 1 : 0,
        hasBias ? 1 : 0, slope == nil ? 0 : 1, slope ?? 1)
    }
  }

  var text: String { "product [\(rows), \(terms)] · [\(terms), \(columns)]" }

  /// Whether this is a product of some rows and a large matrix whose own rows fill whole pages of memory: they then
  /// compete for the same places in the cache, where oneDNN's code, which reads them as they lie, is a third slower than
  /// the program's.
  var isWide: Bool {
    Self.hasKernel && !product.transposesLeft && !product.transposesRight && (32...256).contains(rows)
      && columns % 1024 == 0 && columns * terms >= 1 << 18
  }

  private static let hasKernel = String(cString: kernel_instruction_set()) == "avx512"

  /// The results as images of one pixel, blocked where that changes nothing.
  var resultSizes: ChannelSizes {
    ChannelSizes(batch: rows, channels: columns, area: 1, block: columns % 16 == 0 ? 16 : 1)
  }
}
