/// A convolution and its two gradients as plain sums in double precision, over plain arrays.
struct NaiveConvolution: Sendable, CustomStringConvertible {
  var (batch, inputs, height, width) = (1, 1, 1, 1)
  var (outputs, kernel, stride, padding) = (1, 1, 1, 0)

  init(
    _ batch: Int, _ inputs: Int, _ height: Int, _ width: Int, to outputs: Int, _ kernel: Int, _ stride: Int,
    _ padding: Int
  ) {
    (self.batch, self.inputs, self.height, self.width) = (batch, inputs, height, width)
    (self.outputs, self.kernel, self.stride, self.padding) = (outputs, kernel, stride, padding)
  }

  var reducedHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
  var reducedWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
  var imageCount: Int { batch * inputs * height * width }
  var resultCount: Int { batch * outputs * reducedHeight * reducedWidth }
  var weightCount: Int { outputs * inputs * kernel * kernel }
  var description: String {
    "[\(batch), \(inputs), \(height), \(width)] → \(outputs), kernel \(kernel), stride \(stride), padding \(padding)"
  }

  func forward(_ x: [Float], _ w: [Float]) -> [Double] {
    var y = [Double](repeating: 0, count: resultCount)
    eachProduct { image, weight, result in y[result] += Double(x[image]) * Double(w[weight]) }
    return y
  }

  func inputGradient(_ g: [Float], _ w: [Float]) -> [Double] {
    var dx = [Double](repeating: 0, count: imageCount)
    eachProduct { image, weight, result in dx[image] += Double(g[result]) * Double(w[weight]) }
    return dx
  }

  func weightGradient(_ x: [Float], _ g: [Float]) -> [Double] {
    var dw = [Double](repeating: 0, count: weightCount)
    eachProduct { image, weight, result in dw[weight] += Double(x[image]) * Double(g[result]) }
    return dw
  }

  /// Visits every pair of an image's element and a weight that meet in a result, by their places in the arrays.
  private func eachProduct(_ visit: (_ image: Int, _ weight: Int, _ result: Int) -> Void) {
    for n in 0..<batch {
      for o in 0..<outputs {
        for c in 0..<inputs { eachProduct(n, o, c, visit) }
      }
    }
  }

  private func eachProduct(_ n: Int, _ o: Int, _ c: Int, _ visit: (Int, Int, Int) -> Void) {
    for i in 0..<reducedHeight {
      for u in max(0, padding - stride * i)..<min(kernel, height + padding - stride * i) {
        let row = stride * i + u - padding
        for j in 0..<reducedWidth {
          for v in max(0, padding - stride * j)..<min(kernel, width + padding - stride * j) {
            visit(
              ((n * inputs + c) * height + row) * width + stride * j + v - padding,
              ((o * inputs + c) * kernel + u) * kernel + v,
              ((n * outputs + o) * reducedHeight + i) * reducedWidth + j)
          }
        }
      }
    }
  }
}
