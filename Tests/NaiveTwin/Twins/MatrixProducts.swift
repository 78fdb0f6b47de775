import Tensors

extension Matmul: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (a, b) = (inputs[0], inputs[1])
    let depth = transposesLeft ? a.shape[0] : a.shape[1]
    return shape.everyCoordinates.map { place in
      (0..<depth).reduce(0) { sum, k in
        let left = transposesLeft ? a[[k, place[0]]] : a[[place[0], k]]
        let right = transposesRight ? b[[place[1], k]] : b[[k, place[1]]]
        return sum + left * right
      }
    }
  }
}
