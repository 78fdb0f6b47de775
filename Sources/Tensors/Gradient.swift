extension Graph {
  /// The gradients of a scalar with respect to the given tensors, as further nodes of the graph.
  ///
  /// Reverse mode: nodes are visited once, last first, and contributions to a node are added in that fixed order.
  /// A tensor the loss does not depend on gets a constant zero. Nodes nobody reads are left out by the planner, so
  /// gradients that no one asked for (the first layer's input) cost nothing.
  package func gradients(of loss: Tensor, withRespectTo targets: [Tensor]) -> [Tensor] {
    precondition(loss.shape.count == 1, "only a scalar has a gradient, not a tensor of shape \(loss.shape)")
    let relevant = dependents(of: targets)
    var flowing: [Int: Tensor] = [loss.index: constant(1, loss.shape)]
    for index in stride(from: loss.index, through: 0, by: -1) where relevant[index] {
      guard let upstream = flowing[index] else { continue }
      let tensor = Tensor(graph: self, index: index)
      let application = Application(inputs: tensor.inputs, output: tensor)
      let contributions = tensor.node.operation.gradients(at: application, upstream: upstream)
      for (input, contribution) in zip(tensor.node.inputs, contributions) where relevant[input] {
        guard let contribution else { continue }
        precondition(contribution.shape == nodes[input].shape, "gradient of \(tensor.node.operation) has a wrong shape")
        flowing[input] = flowing[input].map { $0 + contribution } ?? contribution
      }
    }
    return targets.map { flowing[$0.index] ?? constant(0, $0.shape) }
  }

  /// For each node so far, whether it is one of the targets or depends on one.
  private func dependents(of targets: [Tensor]) -> [Bool] {
    var relevant = Array(repeating: false, count: nodes.count)
    for target in targets { relevant[target.index] = true }
    for (index, node) in nodes.enumerated() where node.inputs.contains(where: { relevant[$0] }) {
      relevant[index] = true
    }
    return relevant
  }
}
