/// A primitive: how it shapes its result and how a gradient flows back through it.
///
/// Executors look their kernels up by the concrete type. The naive twin in the tests gives every operation its meaning
/// in double precision, and the gradient check walks `OperationCatalog`.
package protocol Operation: Sendable {
  /// The shape of the result; a programmer's mistake in the operands' shapes is a precondition failure.
  func shape(of inputs: [Shape]) -> Shape

  /// The gradient with respect to each input, `nil` where none flows, given the gradient of the output.
  func gradients(at application: Application, upstream: Tensor) -> [Tensor?]
}

/// An operation's inputs and output at the place where its gradient is asked for.
package struct Application {
  package let inputs: [Tensor]
  package let output: Tensor
}

/// An operation without inputs: nothing flows back.
package protocol Leaf: Operation {
  var shape: Shape { get }
}

extension Leaf {
  package func shape(of inputs: [Shape]) -> Shape { shape }
  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] { [] }
}

/// Values that the caller writes before each run.
package struct Input: Leaf {
  package let name: String
  package let shape: Shape
}

/// Values that are kept in the parameter store under their name.
package struct Parameter: Leaf {
  package let name: String
  package let shape: Shape
  package let initializer: Initializer
  /// Whether an optimiser changes them; otherwise they are a state, which assignments change.
  package var isTrained = true
}

/// One number, repeated.
package struct Constant: Leaf {
  package let value: Float
  package let shape: Shape
}
