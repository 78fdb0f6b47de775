import Foundation
import Tensors

/// All parameters zero.
func zero(_ graph: Graph) -> [String: [Double]] {
  weights(of: graph) { _, _, _ in 0 }
}

/// Parameters without pattern, of the size that they have at the start of training.
func wavy(_ graph: Graph) -> [String: [Double]] {
  weights(of: graph) { ordinal, index, fanIn in
    2 * sin(Double(ordinal) + 0.7 * Double(index) + 0.001 * Double(index * index)) / Double(fanIn).squareRoot()
  }
}

private func weights(
  of graph: Graph, _ value: (_ ordinal: Int, _ index: Int, _ fanIn: Int) -> Double
) -> [String: [Double]] {
  var weights: [String: [Double]] = [:]
  for (ordinal, tensor) in graph.parameters.enumerated() {
    guard let leaf = tensor.node.operation as? Parameter, case .uniform(let fanIn) = leaf.initializer else { continue }
    weights[leaf.name] = (0..<leaf.shape.count).map { value(ordinal, $0, fanIn) }
  }
  return weights
}
