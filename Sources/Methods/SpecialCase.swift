package import Tensors

/// Settings at which a method is a simpler one: a law that every implementation of it has to obey.
package struct SpecialCase: Sendable {
  /// The settings in words and what they make of the method, e.g. `β = 1: the VAE`.
  package let statement: String
  package let settings: [String: Double]
  /// What the method's objective then is.
  package let objective: @Sendable (ForwardPass) -> Tensor

  package init(
    _ statement: String, settings: [String: Double], objective: @escaping @Sendable (ForwardPass) -> Tensor
  ) {
    self.statement = statement
    self.settings = settings
    self.objective = objective
  }

  /// Settings that make a method the VAE: REC + Σ KL.
  package static func vae(_ condition: String, settings: [String: Double]) -> SpecialCase {
    SpecialCase("\(condition): the VAE", settings: settings) { $0.reconstruction + $0.rates.sum() }
  }
}
