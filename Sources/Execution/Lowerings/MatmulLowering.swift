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
    if bias != nil, let primitive = try? sizes.primitive(hasBias: true, slope: slope) {
      return try emit(primitive, a, b, bias: bias, to: output)
    }
    try emit(sizes.primitive(hasBias: false, slope: nil), a, b, to: output)
    emitBias(bias, slope: slope, on: output, sizes.resultSizes)
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
    try Primitive("product [\(rows), \(terms)] · [\(terms), \(columns)]") {
      onednn_matmul(
        Int64(rows), Int64(columns), Int64(terms), product.transposesLeft ? 1 : 0, product.transposesRight ? 1 : 0,
        hasBias ? 1 : 0, slope == nil ? 0 : 1, slope ?? 1)
    }
  }

  /// The results as images of one pixel, blocked where that changes nothing.
  var resultSizes: ChannelSizes {
    ChannelSizes(batch: rows, channels: columns, area: 1, block: columns % 16 == 0 ? 16 : 1)
  }
}
