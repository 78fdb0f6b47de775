/// Cross-correlation of images `[batch, inputs, height, width]` with weights `[outputs, inputs, kernel height, kernel width]`.
///
/// `y[n,o,i,j] = Σ_c Σ_u Σ_v x[n, c, s·i + u − p, t·j + v − q] · w[o,c,u,v]`, s and t the strides, p and q the padding
/// before, as `torch.nn.functional.conv2d`.
/// Together with its two gradients it forms a family that is closed under differentiation.
package struct Convolution: Operation {
  package let geometry: ConvolutionGeometry

  package func shape(of inputs: [Shape]) -> Shape {
    let (x, w) = (inputs[0], inputs[1])
    precondition(
      x.rank == 4 && w.rank == 4 && x[1] == w[1], "a convolution of \(x) with weights \(w) does not fit")
    let reduced = geometry.reduced(x[2], x[3], kernel: KernelSize(of: w))
    return [x[0], w[0], reduced.height, reduced.width]
  }

  package func gradients(at application: Application, upstream g: Tensor) -> [Tensor?] {
    let (x, w) = (application.inputs[0], application.inputs[1])
    return [
      g.transposedConvolved(with: w, geometry, height: x.shape[2], width: x.shape[3]),
      x.weightGradient(against: g, geometry, kernel: KernelSize(of: w.shape)),
    ]
  }
}

/// The gradient of a convolution with respect to its images, from `[batch, outputs, …]` to `[batch, inputs, …]`.
///
/// This is the transposed convolution of `torch.nn.functional.conv_transpose2d`, whose weights are
/// `[inputs of the transposed, outputs of the transposed, kernel height, kernel width]`: the same array, read the other way.
package struct ConvolutionInputGradient: Operation {
  package let geometry: ConvolutionGeometry
  package let height: Int
  package let width: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let (g, w) = (inputs[0], inputs[1])
    precondition(
      g[1] == w[0] && geometry.reduced(height, width, kernel: KernelSize(of: w)) == (g[2], g[3]),
      "a transposed convolution of \(g) with weights \(w) does not give \(height)×\(width)")
    return [g[0], w[1], height, width]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let (g, w) = (application.inputs[0], application.inputs[1])
    return [
      upstream.convolved(with: w, geometry),
      upstream.weightGradient(against: g, geometry, kernel: KernelSize(of: w.shape)),
    ]
  }
}

/// The gradient of a convolution with respect to its weights, from images `x` and the output's gradient `g`.
package struct ConvolutionWeightGradient: Operation {
  package let geometry: ConvolutionGeometry
  package let kernel: KernelSize

  package func shape(of inputs: [Shape]) -> Shape {
    let (x, g) = (inputs[0], inputs[1])
    precondition(
      x[0] == g[0] && geometry.reduced(x[2], x[3], kernel: kernel) == (g[2], g[3]),
      "images \(x) and gradients \(g) do not belong to one convolution with kernel \(kernel)")
    return [g[1], x[1], kernel.height, kernel.width]
  }

  package func gradients(at application: Application, upstream w: Tensor) -> [Tensor?] {
    let (x, g) = (application.inputs[0], application.inputs[1])
    return [
      g.transposedConvolved(with: w, geometry, height: x.shape[2], width: x.shape[3]), x.convolved(with: w, geometry),
    ]
  }
}

extension Tensor {
  /// This batch of images correlated with `weights` `[outputs, inputs, kernel height, kernel width]`.
  package func convolved(with weights: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    graph.apply(Convolution(geometry: geometry), to: [self, weights])
  }

  /// The transposed convolution with `weights` `[inputs, outputs, kernel height, kernel width]`.
  package func transposedConvolved(with weights: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    let enlarged = geometry.enlarged(shape[2], shape[3], kernel: KernelSize(of: weights.shape))
    return transposedConvolved(with: weights, geometry, height: enlarged.height, width: enlarged.width)
  }

  /// The transposed convolution that gives images of a chosen size: one that the convolution brings back to this size.
  package func transposedConvolved(
    with weights: Tensor, _ geometry: ConvolutionGeometry, height: Int, width: Int
  ) -> Tensor {
    graph.apply(ConvolutionInputGradient(geometry: geometry, height: height, width: width), to: [self, weights])
  }

  /// The gradient of a convolution of these images with respect to its weights, given that of its result.
  package func weightGradient(
    against gradient: Tensor, _ geometry: ConvolutionGeometry, kernel: KernelSize
  ) -> Tensor {
    graph.apply(ConvolutionWeightGradient(geometry: geometry, kernel: kernel), to: [self, gradient])
  }
}
