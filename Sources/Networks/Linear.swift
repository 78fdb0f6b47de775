package import Tensors

/// An affine map x · Wᵀ + b of `[batch, inputs]` to `[batch, outputs]`.
///
/// Weights are `[outputs, inputs]`; unless told otherwise, weights and biases start uniform on ±1/√inputs, as
/// `torch.nn.Linear` has them.
package struct Linear: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let normalization: WeightNormalization
  package let initialization: Initialization

  package init(
    _ name: String, _ inputs: Int, _ outputs: Int, normalization: WeightNormalization = .none,
    initialization: Initialization = .pytorch
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.normalization = normalization
    self.initialization = initialization
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let weight = x.graph.parameter(
      name + ".weight", [outputs, inputs], initialization.weights(fanIn: inputs, fanOut: outputs))
    let bias = x.graph.parameter(name + ".bias", [outputs], initialization.biases(fanIn: inputs))
    return normalization.product(x, weight, name: name) + bias
  }
}
