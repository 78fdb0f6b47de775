/// A square window that moves over images like the kernel of a convolution; only pixels of the images count.
package struct Window: Hashable, Sendable {
  package let size: Int
  /// Along either axis.
  package let geometry: AxisGeometry

  package init(size: Int, geometry: ConvolutionGeometry) {
    precondition(geometry.vertical == geometry.horizontal, "a square window does not move otherwise down than across")
    self.geometry = geometry.vertical
    self.size = size
    precondition(
      self.geometry.before < size && self.geometry.after < size,
      "a window of \(size) would stand in the padding alone")
  }

  func reduced(_ images: Shape) -> Shape {
    precondition(images.rank == 4, "\(images) are no images")
    return [
      images[0], images[1], geometry.reduced(images[2], kernel: size), geometry.reduced(images[3], kernel: size),
    ]
  }
}

/// The mean over each window: `[batch, channels, height, width]` to as many windows as a convolution has results.
package struct AveragePool: Operation {
  package let window: Window

  package func shape(of inputs: [Shape]) -> Shape { window.reduced(inputs[0]) }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let shape = application.inputs[0].shape
    let gradient = AveragePoolGradient(window: window, height: shape[2], width: shape[3])
    return [upstream.graph.apply(gradient, to: [upstream])]
  }
}

/// The adjoint of `AveragePool`: every pixel of a window gets the same share.
package struct AveragePoolGradient: Operation {
  package let window: Window
  package let height: Int
  package let width: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let whole: Shape = [inputs[0][0], inputs[0][1], height, width]
    precondition(window.reduced(whole) == inputs[0], "\(inputs[0]) are not the windows of \(whole)")
    return whole
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.graph.apply(AveragePool(window: window), to: [upstream])]
  }
}

/// From each window the element of the first operand that stands where the second has its first maximum, row by row.
///
/// Of an operand with itself this is the maximum pool. With its adjoint it is closed under differentiation.
package struct PickMaximum: Operation {
  package let window: Window

  package func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0] == inputs[1], "the maxima of \(inputs[1]) are no places in \(inputs[0])")
    return window.reduced(inputs[1])
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.graph.apply(PlaceMaximum(window: window), to: [upstream, application.inputs[1]]), nil]
  }
}

/// The adjoint of `PickMaximum`: each window's number is added where the second operand has its first maximum.
package struct PlaceMaximum: Operation {
  package let window: Window

  package func shape(of inputs: [Shape]) -> Shape {
    precondition(window.reduced(inputs[1]) == inputs[0], "\(inputs[0]) are not the windows of \(inputs[1])")
    return inputs[1]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.graph.apply(PickMaximum(window: window), to: [upstream, application.inputs[1]]), nil]
  }
}

extension Tensor {
  /// The mean over each window of these images, without counting the padding.
  package func averagePooled(_ size: Int, _ geometry: ConvolutionGeometry) -> Tensor {
    graph.apply(AveragePool(window: Window(size: size, geometry: geometry)), to: [self])
  }

  /// The maximum over each window of these images; its gradient goes to the first pixel that has it.
  package func maximumPooled(_ size: Int, _ geometry: ConvolutionGeometry) -> Tensor {
    graph.apply(PickMaximum(window: Window(size: size, geometry: geometry)), to: [self, self])
  }
}
