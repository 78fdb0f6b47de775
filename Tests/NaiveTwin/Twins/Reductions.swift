import Tensors

extension Sum: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    inputs[0].folded(along: axes, into: shape, from: 0, by: +)
  }
}

extension Maximum: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    inputs[0].folded(along: axes, into: shape, from: -.infinity) { max($0, $1) }
  }
}

extension ChannelSum: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    inputs[0].folded(along: [0, 2, 3], into: [1, inputs[0].shape[1], 1, 1], from: 0, by: +)
  }
}

extension Value {
  /// Every element combined into the one that has its coordinates, with zero on the folded axes.
  fileprivate func folded(
    along axes: [Int], into shape: Shape, from start: Double, by combine: (Double, Double) -> Double
  ) -> [Double] {
    var result = Array(repeating: start, count: shape.count)
    for (coordinates, element) in zip(self.shape.everyCoordinates, elements) {
      let target = coordinates.enumerated().map { axes.contains($0.offset) ? 0 : $0.element }
      let offset = shape.offset(of: target)
      result[offset] = combine(result[offset], element)
    }
    return result
  }
}
