/// Strides and zero padding of a convolution.
package struct ConvolutionGeometry: Hashable, Sendable {
  /// From row to row.
  package let vertical: AxisGeometry
  /// From column to column.
  package let horizontal: AxisGeometry

  package init(vertical: AxisGeometry, horizontal: AxisGeometry) {
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// The same along both axes.
  package init(stride: Int, before: Int, after: Int) {
    let axis = AxisGeometry(stride: stride, before: before, after: after)
    self.init(vertical: axis, horizontal: axis)
  }

  /// The same padding on all sides, as PyTorch has it.
  package init(stride: Int, padding: Int) { self.init(stride: stride, before: padding, after: padding) }

  /// TensorFlow's padding "SAME" for square images and kernels.
  package static func same(size: Int, kernel: Int, stride: Int) -> ConvolutionGeometry {
    let axis = AxisGeometry.same(size: size, kernel: kernel, stride: stride)
    return ConvolutionGeometry(vertical: axis, horizontal: axis)
  }

  /// TensorFlow's padding "SAME" for images `[batch, channels, height, width]`.
  package static func same(_ images: Shape, kernel: KernelSize, stride: Int) -> ConvolutionGeometry {
    ConvolutionGeometry(
      vertical: .same(size: images[2], kernel: kernel.height, stride: stride),
      horizontal: .same(size: images[3], kernel: kernel.width, stride: stride))
  }

  /// Height and width after a convolution.
  package func reduced(_ height: Int, _ width: Int, kernel: KernelSize) -> (height: Int, width: Int) {
    (vertical.reduced(height, kernel: kernel.height), horizontal.reduced(width, kernel: kernel.width))
  }

  /// Height and width after a transposed convolution without output padding.
  package func enlarged(_ height: Int, _ width: Int, kernel: KernelSize) -> (height: Int, width: Int) {
    (vertical.enlarged(height, kernel: kernel.height), horizontal.enlarged(width, kernel: kernel.width))
  }

  /// Whether a condition holds along both axes.
  package func bothAxes(_ kernel: KernelSize, satisfy condition: (AxisGeometry, _ kernel: Int) -> Bool) -> Bool {
    condition(vertical, kernel.height) && condition(horizontal, kernel.width)
  }
}

/// Stride and zero padding along one axis.
package struct AxisGeometry: Hashable, Sendable {
  package let stride: Int
  /// Zeros above or to the left.
  package let before: Int
  /// Zeros below or to the right.
  package let after: Int

  package init(stride: Int, before: Int, after: Int) {
    self.stride = stride
    self.before = before
    self.after = after
  }

  /// TensorFlow's padding "SAME": the result has ⌈size / stride⌉ rows; where the zeros are odd in number, one more
  /// stands after than before (`tf.nn.convolution`, tensorflow/core/framework/kernel_shape_util.cc).
  package static func same(size: Int, kernel: Int, stride: Int) -> AxisGeometry {
    let total = max(((size + stride - 1) / stride - 1) * stride + kernel - size, 0)
    return AxisGeometry(stride: stride, before: total / 2, after: total - total / 2)
  }

  /// The size after a convolution: ⌊(size + before + after − k) / s⌋ + 1.
  package func reduced(_ size: Int, kernel: Int) -> Int {
    let room = size + before + after - kernel
    precondition(room >= 0, "a kernel of \(kernel) does not fit in \(size) with padding \(before) + \(after)")
    return room / stride + 1
  }

  /// The size after a transposed convolution without output padding: (size − 1) · s − before − after + k.
  package func enlarged(_ size: Int, kernel: Int) -> Int { (size - 1) * stride - before - after + kernel }
}

/// Height and width of a convolution's kernels; one number stands for both.
package struct KernelSize: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  package let height: Int
  package let width: Int

  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  package init(_ side: Int) { self.init(height: side, width: side) }

  package init(integerLiteral side: Int) { self.init(side) }

  /// That of weights `[outputs, inputs, height, width]`.
  package init(of weights: Shape) { self.init(height: weights[2], width: weights[3]) }

  /// The weights that meet in a result, of one image channel.
  package var area: Int { height * width }

  package var description: String { "\(height)×\(width)" }
}
