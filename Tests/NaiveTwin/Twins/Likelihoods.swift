import Foundation
import Tensors

extension CrossEntropy: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (logits, targets) = (inputs[0], inputs[1])
    return shape.everyCoordinates.map { logits.logSum(at: $0) - logits[[$0[0], Int(targets[$0]), $0[1]]] }
  }
}

extension CrossEntropyGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let (g, logits, targets) = (inputs[0], inputs[1], inputs[2])
    return shape.everyCoordinates.map { place in
      let pair = [place[0], place[2]]
      let probability = exp(logits[place] - logits.logSum(at: pair))
      return g[pair] * (probability - (Int(targets[pair]) == place[1] ? 1 : 0))
    }
  }
}

extension Value {
  /// log Σ e^x over the middle of three axes.
  fileprivate func logSum(at pair: [Int]) -> Double {
    let column = (0..<shape[1]).map { self[[pair[0], $0, pair[1]]] }
    let peak = column.max() ?? 0
    return peak + log(column.reduce(0) { $0 + exp($1 - peak) })
  }
}
