package import Tensors

/// A second network that a method trains in each iteration after the model's own step, such as a discriminator.
///
/// The companion's step changes the parameters whose names begin with `name` and a dot; the model's step changes all
/// others. Each side thus sees the other as a fixed function, and has an optimiser of its own.
package struct Companion: Sendable {
  package let name: String
  /// Its optimiser.
  package let optimizer: Adam
  /// The scalar that the companion's step lessens.
  /// - Parameters:
  ///   - codes: those of the model's step, from before its update: `[batch, L]`.
  ///   - fresh: codes of a second, independently drawn batch by the updated encoder: `[batch, L]`.
  package let objective: @Sendable (_ codes: Tensor, _ fresh: Tensor) -> Tensor

  package init(
    name: String, optimizer: Adam, objective: @escaping @Sendable (_ codes: Tensor, _ fresh: Tensor) -> Tensor
  ) {
    self.name = name
    self.optimizer = optimizer
    self.objective = objective
  }

  /// Whether a parameter is the companion's own.
  package func owns(_ parameter: Tensor) -> Bool {
    (parameter.node.operation as? Parameter)?.name.hasPrefix(name + ".") == true
  }
}
