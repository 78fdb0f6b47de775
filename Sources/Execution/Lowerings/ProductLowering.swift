internal import COneDNN
import Tensors

extension ConvolutionShape {
  /// Whether the kernel covers the images, so that convolution and gradients are products of matrices: there is one place
  /// to put it. oneDNN's convolutions are five times slower at that.
  var isProduct: Bool {
    height == kernel.height && width == kernel.width
      && geometry.bothAxes(kernel) { axis, _ in axis.before == 0 && axis.after == 0 }
  }

  /// The numbers of an image.
  fileprivate var taps: Int { inputs * kernel.area }

  /// With one place there is one layout of the outputs, for kernels blocked where it can be.
  fileprivate var outputSizes: ChannelSizes {
    ChannelSizes(batch: batch, channels: outputs, area: 1, block: outputs % 16 == 0 ? 16 : 1)
  }

  fileprivate var imageSizes: ChannelSizes {
    ChannelSizes(batch: batch, channels: inputs, area: height * width, block: 1)
  }
}

extension Planner {
  /// y = x Wᵀ, and what follows it.
  mutating func lowerProduct(_ shape: ConvolutionShape, _ site: ConvolutionSite) throws {
    let (images, weights) = operands(site)
    let output = define(site.result, as: .plain)
    try emitProduct(
      "convolution \(shape.text) as a product", images, weights, to: output,
      (shape.batch, shape.outputs, shape.taps), transposed: (false, true))
    emitBias(site.bias.map { buffer(of: $0, as: .plain) }, slope: site.slope, on: output, shape.outputSizes)
  }

  /// dx = g W, and what follows it.
  mutating func lowerInputGradientProduct(_ shape: ConvolutionShape, _ site: ConvolutionSite) throws {
    let (gradient, weights) = operands(site)
    let output = define(site.result, as: .plain)
    try emitProduct(
      "transposed convolution \(shape.text) as a product", gradient, weights, to: output,
      (shape.batch, shape.taps, shape.outputs), transposed: (false, false))
    emitBias(site.bias.map { buffer(of: $0, as: .plain) }, slope: site.slope, on: output, shape.imageSizes)
  }

  /// dW = gᵀ x
  mutating func lowerWeightGradientProduct(_ shape: ConvolutionShape, _ site: ConvolutionSite) throws {
    let (images, gradient) = operands(site)
    try emitProduct(
      "weight gradient \(shape.text) as a product", gradient, images, to: define(site.result, as: .plain),
      (shape.outputs, shape.taps, shape.batch), transposed: (true, false))
  }

  private mutating func operands(_ site: ConvolutionSite) -> (Int, Int) {
    (buffer(of: site.operands[0], as: .plain), buffer(of: site.operands[1], as: .plain))
  }

  /// c `[n, m]` = a b, where k numbers are summed for each.
  private mutating func emitProduct(
    _ label: String, _ a: Int, _ b: Int, to c: Int, _ sizes: (n: Int, m: Int, k: Int), transposed: (Bool, Bool)
  ) throws {
    let primitive = try Primitive(label) {
      onednn_matmul(
        Int64(sizes.n), Int64(sizes.m), Int64(sizes.k), transposed.0 ? 1 : 0, transposed.1 ? 1 : 0, 0, 0, 1)
    }
    try emit(primitive, a, b, to: c)
  }
}
