package import Tensors

/// What every operation means: a graph evaluated node after node, in double precision, by the plainest loops.
///
/// The twin is slow and has no cleverness to get wrong. Executors are compared with it, and its finite differences are
/// what the gradients of `Tensors` are compared with.
package enum NaiveTwin {
  /// The values of the outputs, each row-major, for the given values of the inputs and parameters that they depend on.
  ///
  /// Random draws take the float32 numbers of `Generator(seed:).split(purpose)` on stream `step`.
  package static func evaluate(
    _ outputs: [Tensor], inputs: [String: [Double]] = [:], parameters: [String: [Double]] = [:], seed: UInt64 = 0,
    step: UInt64 = 0
  ) -> [[Double]] {
    guard let graph = outputs.first?.graph else { return [] }
    precondition(outputs.allSatisfy { $0.graph === graph }, "the outputs come from different graphs")
    let setting = Setting(inputs: inputs, parameters: parameters, seed: seed, step: step)
    let nodes = graph.nodes
    var values: [Value?] = Array(repeating: nil, count: nodes.count)
    for index in needed(by: outputs, among: nodes) {
      let node = nodes[index]
      let operands = node.inputs.compactMap { values[$0] }
      values[index] = Value(shape: node.shape, elements: evaluate(node, operands, setting))
    }
    return outputs.map { values[$0.index]?.elements ?? [] }
  }

  private static func evaluate(_ node: Node, _ operands: [Value], _ setting: Setting) -> [Double] {
    switch node.operation {
    case let leaf as any LeafTwin: leaf.evaluate(in: setting)
    case let operation as any OperationTwin: operation.evaluate(operands, shape: node.shape)
    default: preconditionFailure("the twin does not know \(node.operation): give it an extension in NaiveTwin")
    }
  }

  /// The nodes that the outputs depend on, in the order of the graph, which puts operands first.
  private static func needed(by outputs: [Tensor], among nodes: [Node]) -> [Int] {
    var needed = Array(repeating: false, count: nodes.count)
    for output in outputs { needed[output.index] = true }
    for index in nodes.indices.reversed() where needed[index] {
      for input in nodes[index].inputs { needed[input] = true }
    }
    return nodes.indices.filter { needed[$0] }
  }
}

/// What is given to a run from outside.
struct Setting {
  let inputs: [String: [Double]]
  let parameters: [String: [Double]]
  let seed: UInt64
  let step: UInt64
}

/// The meaning of an operation without operands.
protocol LeafTwin: Leaf {
  func evaluate(in setting: Setting) -> [Double]
}

/// The meaning of an operation: the elements of its result, row-major, from the values of its operands.
protocol OperationTwin: Operation {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double]
}
