import Tensors

extension AveragePool: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { place in
      let pixels = window.pixels(at: place, of: inputs[0].shape)
      return pixels.reduce(0) { $0 + inputs[0][$1] } / Double(pixels.count)
    }
  }
}

extension AveragePoolGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    var result = Array(repeating: 0.0, count: shape.count)
    for place in inputs[0].shape.everyCoordinates {
      let pixels = window.pixels(at: place, of: shape)
      for pixel in pixels { result[shape.offset(of: pixel)] += inputs[0][place] / Double(pixels.count) }
    }
    return result
  }
}

extension PickMaximum: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0][window.peak(at: $0, of: inputs[1])] }
  }
}

extension PlaceMaximum: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    var result = Array(repeating: 0.0, count: shape.count)
    for place in inputs[0].shape.everyCoordinates {
      result[shape.offset(of: window.peak(at: place, of: inputs[1]))] += inputs[0][place]
    }
    return result
  }
}

extension Window {
  /// The pixels of images that a window covers, row by row.
  fileprivate func pixels(at place: [Int], of images: Shape) -> [[Int]] {
    let (top, left) = (place[2] * geometry.stride - geometry.before, place[3] * geometry.stride - geometry.before)
    return (top..<(top + size)).filter { 0..<images[2] ~= $0 }.flatMap { row in
      (left..<(left + size)).filter { 0..<images[3] ~= $0 }.map { [place[0], place[1], row, $0] }
    }
  }

  /// The first of a window's pixels with the largest value.
  fileprivate func peak(at place: [Int], of keys: Value) -> [Int] {
    let pixels = pixels(at: place, of: keys.shape)
    return pixels.dropFirst().reduce(pixels[0]) { keys[$1] > keys[$0] ? $1 : $0 }
  }
}
