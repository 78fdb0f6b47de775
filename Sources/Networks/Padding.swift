import Tensors

/// How a convolution treats the border of its images.
package enum Padding: Hashable, Sendable {
  /// So many zeros on every side, as PyTorch has it.
  case symmetric(Int)
  /// TensorFlow's "SAME": ⌈size / stride⌉ rows result, and size · stride rows of a transposed convolution.
  case same

  /// The geometry of a convolution of images of a size.
  func geometry(size: Int, kernel: Int, stride: Int) -> ConvolutionGeometry {
    switch self {
    case .symmetric(let padding): ConvolutionGeometry(stride: stride, padding: padding)
    case .same: .same(size: size, kernel: kernel, stride: stride)
    }
  }

  /// The geometry for images `[batch, channels, height, width]`, which is one for both axes.
  func geometry(of images: Shape, enlargedBy factor: Int = 1, kernel: Int, stride: Int) -> ConvolutionGeometry {
    let geometry = geometry(size: images[2] * factor, kernel: kernel, stride: stride)
    precondition(
      self.geometry(size: images[3] * factor, kernel: kernel, stride: stride) == geometry,
      "rows and columns of \(images) would be padded differently")
    return geometry
  }
}

/// How the weights and biases of a layer start.
package enum Initialization: Hashable, Sendable {
  /// Weights and biases uniform on ±1/√fanIn.
  case pytorch
  /// Weights uniform on ±√(6 / (fanIn + fanOut)), biases zero (Glorot and Bengio 2010; the default of `tf.layers`).
  case glorot
  /// Weights normal, biases zero.
  case normal(deviation: Float)
  /// Weights normal but drawn again beyond two deviations, biases zero.
  case truncatedNormal(deviation: Float)

  func weights(fanIn: Int, fanOut: Int) -> Initializer {
    switch self {
    case .pytorch: .uniform(fanIn: fanIn)
    case .glorot: .uniformWithin((6 / Float(fanIn + fanOut)).squareRoot())
    case .normal(let deviation): .normal(deviation: deviation)
    case .truncatedNormal(let deviation): .truncatedNormal(deviation: deviation)
    }
  }

  func biases(fanIn: Int) -> Initializer { self == .pytorch ? .uniform(fanIn: fanIn) : .constant(0) }
}
