/// What an executor compiles: the outputs to compute, and the update to make of the parameters afterwards.
///
/// The assignments of the graph are part of it: they are made when all else has been computed, before the update. A
/// training of several parts, such as FactorVAE's two optimisers, is several programs over one parameter store.
package struct Program {
  package let graph: Graph
  /// The tensors to read after a run, by name, in order.
  package let outputs: [(name: String, tensor: Tensor)]
  package let update: Update?
  /// Whether the parameters keep the values that they have when the program is compiled, so that they need be brought
  /// into a device's own order but once.
  package let hasFixedParameters: Bool

  /// Every tensor whose value must be there at the end of a run, in order.
  package var wanted: [Tensor] {
    outputs.map(\.tensor) + graph.assignments.map(\.value) + (update?.gradients ?? [])
  }

  package init(
    graph: Graph, outputs: [(name: String, tensor: Tensor)], update: Update? = nil, hasFixedParameters: Bool = false
  ) {
    precondition(!hasFixedParameters || update == nil, "an update changes the parameters")
    self.graph = graph
    self.outputs = outputs
    self.update = update
    self.hasFixedParameters = hasFixedParameters
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

  package var parameterNames: [String] { parameters.compactMap { ($0.node.operation as? Parameter)?.name } }
}

/// Adam with bias correction (Kingma and Ba 2015, Algorithm 1), as `torch.optim.Adam` computes it:
/// `θ ← θ − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)`.
package struct Adam: Hashable, Sendable {
  package var rate: Float
  package var beta1: Float
  package var beta2: Float
  package var epsilon: Float
  /// How the rate changes over the steps.
  package var schedule: Schedule

  package init(
    rate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, schedule: Schedule = .constant
  ) {
    self.schedule = schedule
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The rate of a step, counted from 0.
  package func rate(at step: UInt64) -> Float { rate * schedule.factor(at: step) }
}

/// What a learning rate is multiplied by at a step.
package enum Schedule: Hashable, Sendable {
  case constant
  /// Halved after every so many steps (Two-Stage VAE's code, github daib13/TwoStageVAE).
  case halving(every: UInt64)
  /// From each of the given steps on the factor that goes with it, in order; 1 before the first (github tolstikhin/wae).
  case steps([Step])

  package struct Step: Hashable, Sendable {
    package let from: UInt64
    package let factor: Float

    package init(from: UInt64, factor: Float) {
      self.from = from
      self.factor = factor
    }
  }

  package func factor(at step: UInt64) -> Float {
    switch self {
    case .constant: 1
    case .halving(let every): Float(sign: .plus, exponent: -Int(step / every), significand: 1)
    case .steps(let steps): steps.last { $0.from <= step }?.factor ?? 1
    }
  }
}
