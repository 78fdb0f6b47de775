/// A traced computation: nodes in the order in which they were written, each reading only earlier ones.
///
/// Networks, losses and gradients are written as ordinary Swift over `Tensor` and leave their trace here once;
/// an executor then plans the trace once and runs it many times.
package final class Graph {
  /// Every operation so far; a node's index never changes.
  package private(set) var nodes: [Node] = []
  private var inputsByName: [String: Int] = [:]
  private var parametersByName: [String: Int] = [:]
  private var purposes: Set<String> = []

  package init() {}

  /// Appends an operation on tensors of this graph.
  package func apply(_ operation: any Operation, to inputs: [Tensor] = []) -> Tensor {
    precondition(inputs.allSatisfy { $0.graph === self }, "operands of \(operation) come from different graphs")
    let shape = operation.shape(of: inputs.map(\.shape))
    nodes.append(Node(operation: operation, inputs: inputs.map(\.index), shape: shape))
    return Tensor(graph: self, index: nodes.count - 1)
  }

  /// The tensor of that name that the caller fills before each run; asking twice gives the same node.
  package func input(_ name: String, _ shape: Shape) -> Tensor {
    if let known = inputsByName[name] { return tensor(known, expected: shape, name) }
    let tensor = apply(Input(name: name, shape: shape))
    inputsByName[name] = tensor.index
    return tensor
  }

  /// The trained tensor of that name; asking twice gives the same node.
  package func parameter(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Tensor {
    if let known = parametersByName[name] { return tensor(known, expected: shape, name) }
    let tensor = apply(Parameter(name: name, shape: shape, initializer: initializer))
    parametersByName[name] = tensor.index
    return tensor
  }

  private func tensor(_ index: Int, expected shape: Shape, _ name: String) -> Tensor {
    precondition(nodes[index].shape == shape, "\(name) is \(nodes[index].shape), asked for as \(shape)")
    return Tensor(graph: self, index: index)
  }

  /// A tensor filled with one number.
  package func constant(_ value: Float, _ shape: Shape = .scalar) -> Tensor {
    apply(Constant(value: value, shape: shape))
  }

  /// Every parameter, in the order in which the trace first met it.
  package var parameters: [Tensor] {
    nodes.indices.filter { nodes[$0].operation is Parameter }.map { Tensor(graph: self, index: $0) }
  }

  /// The purpose itself the first time it is asked for, then with a running number, so that no two draws coincide.
  func uniquePurpose(_ purpose: String) -> String {
    var unique = purpose
    var count = 0
    while !purposes.insert(unique).inserted {
      count += 1
      unique = "\(purpose)/\(count)"
    }
    return unique
  }
}

/// One operation of a graph, the nodes it reads and the shape of its result.
package struct Node: Sendable {
  package let operation: any Operation
  package let inputs: [Int]
  package let shape: Shape
}

/// A symbol for the result of one node.
package struct Tensor {
  package let graph: Graph
  package let index: Int

  package var node: Node { graph.nodes[index] }
  package var shape: Shape { node.shape }
  package var inputs: [Tensor] { node.inputs.map { Tensor(graph: graph, index: $0) } }
}
