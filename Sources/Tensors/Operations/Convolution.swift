/// Cross-correlation of images `[batch, inputs, height, width]` with weights `[outputs, inputs, kernel, kernel]`.
///
/// `y[n,o,i,j] = Σ_c Σ_u Σ_v x[n, c, s·i + u − p, s·j + v − p] · w[o,c,u,v]`, p the padding before, as `torch.nn.functional.conv2d`.
/// Together with its two gradients it forms a family that is closed under differentiation.
package struct Convolution: Operation {
  package let geometry: ConvolutionGeometry

  package func shape(of inputs: [Shape]) -> Shape {
    let (x, w) = (inputs[0], inputs[1])
    precondition(
      x.rank == 4 && w.rank == 4 && x[1] == w[1] && w[2] == w[3],
      "a convolution of \(x) with weights \(w) does not fit")
    return [x[0], w[0], geometry.reduced(x[2], kernel: w[2]), geometry.reduced(x[3], kernel: w[3])]
  }

  package func gradients(at application: Application, upstream g: Tensor) -> [Tensor?] {
    let (x, w) = (application.inputs[0], application.inputs[1])
    return [
      g.transposedConvolved(with: w, geometry, height: x.shape[2], width: x.shape[3]),
      x.weightGradient(against: g, geometry, kernel: w.shape[2]),
    ]
  }
}

/// The gradient of a convolution with respect to its images, from `[batch, outputs, …]` to `[batch, inputs, …]`.
///
/// This is the transposed convolution of `torch.nn.functional.conv_transpose2d`, whose weights are
/// `[inputs of the transposed, outputs of the transposed, kernel, kernel]`: the same array, read the other way.
package struct ConvolutionInputGradient: Operation {
  package let geometry: ConvolutionGeometry
  package let height: Int
  package let width: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let (g, w) = (inputs[0], inputs[1])
    precondition(
      g[1] == w[0] && geometry.reduced(height, kernel: w[2]) == g[2] && geometry.reduced(width, kernel: w[3]) == g[3],
      "a transposed convolution of \(g) with weights \(w) does not give \(height)×\(width)")
    return [g[0], w[1], height, width]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let (g, w) = (application.inputs[0], application.inputs[1])
    return [upstream.convolved(with: w, geometry), upstream.weightGradient(against: g, geometry, kernel: w.shape[2])]
  }
}

/// The gradient of a convolution with respect to its weights, from images `x` and the output's gradient `g`.
package struct ConvolutionWeightGradient: Operation {
  package let geometry: ConvolutionGeometry
  package let kernel: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let (x, g) = (inputs[0], inputs[1])
    precondition(
      x[0] == g[0] && geometry.reduced(x[2], kernel: kernel) == g[2] && geometry.reduced(x[3], kernel: kernel) == g[3],
      "images \(x) and gradients \(g) do not belong to one convolution with kernel \(kernel)")
    return [g[1], x[1], kernel, kernel]
  }

  package func gradients(at application: Application, upstream w: Tensor) -> [Tensor?] {
    let (x, g) = (application.inputs[0], application.inputs[1])
    return [
      g.transposedConvolved(with: w, geometry, height: x.shape[2], width: x.shape[3]), x.convolved(with: w, geometry),
    ]
  }
}

/// Stride and zero padding of a convolution, the same for rows and columns.
package struct ConvolutionGeometry: Hashable, Sendable {
  package let stride: Int
  /// Zeros above and to the left.
  package let before: Int
  /// Zeros below and to the right.
  package let after: Int

  package init(stride: Int, before: Int, after: Int) {
    self.stride = stride
    self.before = before
    self.after = after
  }

  /// The same padding on all sides, as PyTorch has it.
  package init(stride: Int, padding: Int) { self.init(stride: stride, before: padding, after: padding) }

  /// TensorFlow's padding "SAME": the result has ⌈size / stride⌉ rows; where the zeros are odd in number, one more
  /// stands after than before (`tf.nn.convolution`, tensorflow/core/framework/kernel_shape_util.cc).
  package static func same(size: Int, kernel: Int, stride: Int) -> ConvolutionGeometry {
    let total = max(((size + stride - 1) / stride - 1) * stride + kernel - size, 0)
    return ConvolutionGeometry(stride: stride, before: total / 2, after: total - total / 2)
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

extension Tensor {
  /// This batch of images correlated with `weights` `[outputs, inputs, kernel, kernel]`.
  package func convolved(with weights: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    graph.apply(Convolution(geometry: geometry), to: [self, weights])
  }

  /// The transposed convolution with `weights` `[inputs, outputs, kernel, kernel]`.
  package func transposedConvolved(with weights: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    let kernel = weights.shape[2]
    return transposedConvolved(
      with: weights, geometry, height: geometry.enlarged(shape[2], kernel: kernel),
      width: geometry.enlarged(shape[3], kernel: kernel))
  }

  /// The transposed convolution that gives images of a chosen size: one that the convolution brings back to this size.
  package func transposedConvolved(
    with weights: Tensor, _ geometry: ConvolutionGeometry, height: Int, width: Int
  ) -> Tensor {
    graph.apply(ConvolutionInputGradient(geometry: geometry, height: height, width: width), to: [self, weights])
  }

  /// The gradient of a convolution of these images with respect to its weights, given that of its result.
  package func weightGradient(against gradient: Tensor, _ geometry: ConvolutionGeometry, kernel: Int) -> Tensor {
    graph.apply(ConvolutionWeightGradient(geometry: geometry, kernel: kernel), to: [self, gradient])
  }
}
