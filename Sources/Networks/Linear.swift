package import Tensors

/// An affine map x · Wᵀ + b of `[batch, inputs]` to `[batch, outputs]`.
///
/// Weights are `[outputs, inputs]`; weights and biases start uniform on ±1/√inputs, as `torch.nn.Linear` has them.
package struct Linear: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int

  package init(_ name: String, _ inputs: Int, _ outputs: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let initializer = Initializer.uniform(fanIn: inputs)
    let weight = x.graph.parameter(name + ".weight", [outputs, inputs], initializer)
    let bias = x.graph.parameter(name + ".bias", [outputs], initializer)
    return x.matmul(weight, transposed: (false, true)) + bias
  }
}
