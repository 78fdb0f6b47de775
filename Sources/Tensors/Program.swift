/// What an executor compiles: the outputs to compute, and the update to make of the parameters afterwards.
package struct Program {
  package let graph: Graph
  /// The tensors to read after a run, by name, in order.
  package let outputs: [(name: String, tensor: Tensor)]
  package let update: Update?

  package init(graph: Graph, outputs: [(name: String, tensor: Tensor)], update: Update? = nil) {
    self.graph = graph
    self.outputs = outputs
    self.update = update
  }
}

/// A step of an optimiser on parameters, given the gradient of each.
package struct Update {
  package let optimizer: Adam
  package let parameters: [Tensor]
  package let gradients: [Tensor]

  /// The update that lessens `loss`.
  package init(of parameters: [Tensor], toLessen loss: Tensor, by optimizer: Adam) {
    self.optimizer = optimizer
    self.parameters = parameters
    self.gradients = loss.graph.gradients(of: loss, withRespectTo: parameters)
  }
}

/// Adam with bias correction (Kingma and Ba 2015, Algorithm 1), as `torch.optim.Adam` computes it:
/// `θ ← θ − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)`.
package struct Adam: Hashable, Sendable {
  package var rate: Float
  package var beta1: Float
  package var beta2: Float
  package var epsilon: Float

  package init(rate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }
}
