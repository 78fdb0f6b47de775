package import Tensors

extension Program {
  /// Floating-point operations of a run's convolutions and matrix products, as `Plan.operations` counts them, without
  /// planning anything.
  package var operations: Double {
    let survey = Survey(self)
    return graph.nodes.indices.filter { survey.isNeeded[$0] }.map(survey.operations(of:)).reduce(0, +)
  }

  /// Numbers that a run's other operations write, each operation's counted once: what fusion saves is not taken off.
  package var elements: Double {
    let survey = Survey(self)
    return graph.nodes.indices.filter { survey.isNeeded[$0] && survey.operations(of: $0) == 0 }
      .map { graph.nodes[$0].operation is any Leaf ? 0 : Double(graph.nodes[$0].shape.count) }.reduce(0, +)
  }
}
