internal import COneDNN
import Tensors

/// A convolution of stride 1 read the other way: it is a transposed convolution by the kernel turned by half a circle.
///
/// `Σ x[i + u − p] w[u] = Σ x[j] w′[i − j + p′]` with `w′[u] = w[k − 1 − u]` and `p′ = k − 1 − p`. To few channels oneDNN
/// has no fast code for a convolution nor for its gradients, but from few channels it has, and the program has its own
/// kernel for the transposed convolution to few channels. So such a convolution changes roles with its gradient.
extension ConvolutionShape {
  /// Whether the reversed convolution is the fast one: from many image channels to few, one pixel at a time.
  var isFasterReversed: Bool {
    ConvolutionLayouts.isFasterReversed(images: inputs, outputs: outputs, kernel: kernel, geometry)
  }

  /// The convolution from this one's results to its images.
  var reversed: ConvolutionShape {
    ConvolutionShape(
      images: [batch, outputs, reducedHeight, reducedWidth], outputs: inputs, kernel: kernel,
      geometry: ConvolutionGeometry(
        vertical: geometry.vertical.reversed(kernel: kernel.height),
        horizontal: geometry.horizontal.reversed(kernel: kernel.width)))
  }
}

extension AxisGeometry {
  /// That of the reversed convolution, pixel by pixel.
  fileprivate func reversed(kernel: Int) -> AxisGeometry {
    AxisGeometry(stride: 1, before: kernel - 1 - before, after: kernel - 1 - after)
  }
}

extension Planner {
  /// The weights `[outputs, inputs, …]` of a convolution as those of the reversed one, and back.
  mutating func reversedWeights(_ weights: Int, from outputs: Int, _ inputs: Int, kernel: KernelSize) -> Int {
    let target = newBuffer(inputs * outputs * kernel.area)
    emitReversal(from: weights, to: target, from: outputs, inputs, kernel: kernel)
    return target
  }

  /// Emits the exchange of the outer two axes and the turn of the inner two.
  mutating func emitReversal(
    from weights: Int, to target: Int, from outputs: Int, _ inputs: Int, kernel: KernelSize
  ) {
    let area = kernel.area
    emit("reversal of weights", reads: [weights], writes: [target], isRearrangement: true) { memory in
      StridedCopyStep(
        output: memory[target], input: memory[weights] + (area - 1),
        sizes: [inputs, outputs, kernel.height, kernel.width],
        strides: [area, inputs * area, -kernel.width, -1])
    }
  }
}

extension Convolution {
  func lowerReversed(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) {
    let images = planner.buffer(of: site.operands[0], as: .blocked)
    let weights = planner.reversedWeights(
      planner.buffer(of: site.operands[1], as: .plain), from: shape.outputs, shape.inputs, kernel: shape.kernel)
    planner.lowerThin(shape.reversed, images, weights, site)
  }
}

extension ConvolutionInputGradient {
  /// - Throws: `ExecutionError`.
  func lowerReversed(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws {
    let weights = planner.reversedWeights(
      planner.buffer(of: site.operands[1], as: .plain), from: shape.outputs, shape.inputs, kernel: shape.kernel)
    let bias = site.bias.map { planner.buffer(of: $0, as: .plain) }
    let (primitive, gradient) = try planner.paddedIfRefused(
      planner.buffer(of: site.operands[0], as: .plain), shape.reversed
    ) { description in
      try Primitive("reversed transposed convolution \(shape.text)") {
        var record = description
        return onednn_convolution_forward(
          &record, site.bias == nil ? 0 : 1, site.slope == nil ? 0 : 1, site.slope ?? 1)
      }
    }
    try planner.emit(primitive, gradient, weights, bias: bias, to: planner.define(site.result, as: .blocked))
  }
}

extension ConvolutionWeightGradient {
  /// - Throws: `ExecutionError`.
  func lowerReversed(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws {
    let images = planner.buffer(of: site.operands[0], as: .blocked)
    let (primitive, gradient) = try planner.paddedIfRefused(
      planner.buffer(of: site.operands[1], as: .plain), shape.reversed
    ) { description in
      try Primitive("reversed weight gradient \(shape.text)") {
        var record = description
        return onednn_convolution_weight_gradient(&record)
      }
    }
    let turned = planner.newBuffer(shape.outputs * shape.inputs * shape.kernel.area)
    try planner.emit(primitive, gradient, images, to: turned)
    planner.emitReversal(
      from: turned, to: planner.define(site.result, as: .plain), from: shape.inputs, shape.outputs,
      kernel: shape.kernel)
  }
}

extension Planner {
  /// A primitive over the images in a buffer, and the buffer it is to read: with the padding written out where the
  /// primitive is refused, since oneDNN has no fast code for some paddings of a whole kernel less one.
  /// - Throws: `ExecutionError` where it is refused without padding too.
  fileprivate mutating func paddedIfRefused(
    _ images: Int, _ shape: ConvolutionShape, make: (onednn_convolution) throws -> Primitive
  ) throws -> (Primitive, Int) {
    if let primitive = try? make(shape.description) { return (primitive, images) }
    let padded = shape.withPaddingWrittenOut
    let primitive = try make(padded.description)
    let target = newBuffer(shape.batch * shape.inputs * padded.height * padded.width)
    emit(
      "padding of [\(shape.batch), \(shape.inputs), \(shape.height), \(shape.width)]", reads: [images],
      writes: [target], isRearrangement: true
    ) { memory in
      PaddingStep(output: memory[target], input: memory[images], shape: shape, padded: padded)
    }
    return (primitive, target)
  }
}

extension ConvolutionShape {
  fileprivate var withPaddingWrittenOut: ConvolutionShape {
    let (vertical, horizontal) = (geometry.vertical, geometry.horizontal)
    return ConvolutionShape(
      images: [
        batch, inputs, height + vertical.before + vertical.after, width + horizontal.before + horizontal.after,
      ], outputs: outputs, kernel: kernel,
      geometry: ConvolutionGeometry(
        vertical: AxisGeometry(stride: vertical.stride, before: 0, after: 0),
        horizontal: AxisGeometry(stride: horizontal.stride, before: 0, after: 0)))
  }
}

/// Copies plain images into larger ones, with zeros around them.
private struct PaddingStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let shape: ConvolutionShape
  let padded: ConvolutionShape

  func run(_ context: RunContext) {
    let planes = shape.batch * shape.inputs
    let (above, left) = (shape.geometry.vertical.before, shape.geometry.horizontal.before)
    output.update(repeating: 0, count: planes * padded.height * padded.width)
    for row in 0..<(planes * shape.height) {
      let (plane, y) = row.quotientAndRemainder(dividingBy: shape.height)
      let target = (plane * padded.height + y + above) * padded.width + left
      (output + target).update(from: input + row * shape.width, count: shape.width)
    }
  }
}
