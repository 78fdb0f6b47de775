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
  /// Whether layers that behave differently while they are trained, as batch normalisation does, are to do so.
  package let isTraining: Bool
  /// New values of states, written after everything else of a run has been computed.
  package private(set) var assignments: [(state: Tensor, value: Tensor)] = []

  package init(isTraining: Bool = false) { self.isTraining = isTraining }

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
    kept(Parameter(name: name, shape: shape, initializer: initializer))
  }

  /// A tensor that is kept from run to run and saved with the weights, but follows assignments instead of gradients:
  /// running statistics, or the vectors of a power iteration.
  package func state(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Tensor {
    kept(Parameter(name: name, shape: shape, initializer: initializer, isTrained: false))
  }

  /// Gives a state its value for the next run; whatever reads it in this run sees the old one.
  package func assign(_ state: Tensor, _ value: Tensor) {
    precondition(
      (state.node.operation as? Parameter)?.isTrained == false && state.shape == value.shape,
      "only a state is assigned to, with a value of its shape: \(state.node.operation), \(value.shape)")
    precondition(!assignments.contains { $0.state.index == state.index }, "a state is assigned to once in a run")
    assignments.append((state, value))
  }

  private func kept(_ parameter: Parameter) -> Tensor {
    if let known = parametersByName[parameter.name] {
      return tensor(known, expected: parameter.shape, parameter.name)
    }
    let tensor = apply(parameter)
    parametersByName[parameter.name] = tensor.index
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

  /// Every parameter and state, in the order in which the trace first met it.
  package var parameters: [Tensor] {
    nodes.indices.filter { nodes[$0].operation is Parameter }.map { Tensor(graph: self, index: $0) }
  }

  /// The parameters without the states.
  package var trainedParameters: [Tensor] {
    parameters.filter { ($0.node.operation as? Parameter)?.isTrained == true }
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
