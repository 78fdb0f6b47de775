import Tensors

extension Convolution: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (x, w) = (inputs[0], inputs[1])
    var y = Array(repeating: 0.0, count: shape.count)
    geometry.forEachTap(images: x.shape, weights: w.shape, results: shape) { image, weight, result in
      y[result] += x.elements[image] * w.elements[weight]
    }
    return y
  }
}

extension ConvolutionInputGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (g, w) = (inputs[0], inputs[1])
    var x = Array(repeating: 0.0, count: shape.count)
    geometry.forEachTap(images: shape, weights: w.shape, results: g.shape) { image, weight, result in
      x[image] += g.elements[result] * w.elements[weight]
    }
    return x
  }
}

extension ConvolutionWeightGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (x, g) = (inputs[0], inputs[1])
    var w = Array(repeating: 0.0, count: shape.count)
    geometry.forEachTap(images: x.shape, weights: shape, results: g.shape) { image, weight, result in
      w[weight] += x.elements[image] * g.elements[result]
    }
    return w
  }
}

extension ConvolutionGeometry {
  /// Calls `visit` with the offsets of every image element, weight and result that meet in a convolution.
  ///
  /// `Σ x[image] · w[weight] · g[result]` over the taps is linear in each of the three, so the convolution and its two
  /// gradients are the same walk with another of the three left out.
  fileprivate func forEachTap(
    images x: Shape, weights w: Shape, results y: Shape, visit: (_ image: Int, _ weight: Int, _ result: Int) -> Void
  ) {
    let (inputs, height, width, kernel) = (x[1], x[2], x[3], KernelSize(of: w))
    for result in 0..<y.count {
      let place = y.coordinates(at: result)
      let (top, left) = (
        place[2] * vertical.stride - vertical.before, place[3] * horizontal.stride - horizontal.before
      )
      for channel in 0..<inputs {
        let image = (place[0] * inputs + channel) * height
        let weight = (place[1] * inputs + channel) * kernel.height
        for u in 0..<kernel.height where 0..<height ~= top + u {
          for v in 0..<kernel.width where 0..<width ~= left + v {
            visit((image + top + u) * width + left + v, (weight + u) * kernel.width + v, result)
          }
        }
      }
    }
  }
}
