import Tensors

extension Upsample: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0][enlargement.origin(of: $0, in: inputs[0].shape)] }
  }
}

extension UpsampleGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    var result = Array(repeating: 0.0, count: shape.count)
    for (coordinates, element) in zip(inputs[0].shape.everyCoordinates, inputs[0].elements) {
      result[shape.offset(of: enlargement.origin(of: coordinates, in: shape))] += element
    }
    return result
  }
}

extension Enlargement {
  /// The pixel of the smaller images that one of the larger images is a copy of.
  fileprivate func origin(of place: [Int], in small: Shape) -> [Int] {
    let (row, column) = (place[2] - padding, place[3] - padding)
    return [
      place[0], place[1], min(max(row, 0), small[2] * factor - 1) / factor,
      min(max(column, 0), small[3] * factor - 1) / factor,
    ]
  }
}
