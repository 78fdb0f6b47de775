import Tensors

extension Reshape: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] { inputs[0].elements }
}

extension Stretch: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0].stretched(at: $0) }
  }
}

extension Slice: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0][$0.moved(by: range.lowerBound, along: axis)] }
  }
}

extension Embed: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let inside = before..<(before + inputs[0].shape[axis])
    return shape.everyCoordinates.map {
      inside.contains($0[axis]) ? inputs[0][$0.moved(by: -before, along: axis)] : 0
    }
  }
}

extension Concatenate: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    var result = Array(repeating: 0.0, count: shape.count)
    var start = 0
    for input in inputs {
      for coordinates in input.shape.everyCoordinates {
        result[shape.offset(of: coordinates.moved(by: start, along: axis))] = input[coordinates]
      }
      start += input.shape[axis]
    }
    return result
  }
}

extension Gather: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0][[Int(inputs[1].elements[$0[0]]), $0[1]]] }
  }
}

extension Scatter: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    var result = Array(repeating: 0.0, count: shape.count)
    for coordinates in inputs[0].shape.everyCoordinates {
      let row = Int(inputs[1].elements[coordinates[0]])
      result[shape.offset(of: [row, coordinates[1]])] += inputs[0][coordinates]
    }
    return result
  }
}

extension [Int] {
  /// These coordinates with one of them changed by a distance.
  fileprivate func moved(by distance: Int, along axis: Int) -> [Int] {
    var moved = self
    moved[axis] += distance
    return moved
  }
}
