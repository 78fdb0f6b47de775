/// The number of a run among those of its training, counted from 1: the run's `step` plus one, a scalar.
///
/// A Float holds it exactly up to 2²⁴ iterations.
package struct Iteration: Leaf {
  package let shape: Shape = .scalar
}

extension Graph {
  /// The number of the run, counted from 1: what a term that changes over the training is computed from.
  package var iteration: Tensor { apply(Iteration()) }
}
