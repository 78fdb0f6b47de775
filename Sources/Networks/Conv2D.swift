package import Tensors

/// A convolution of images `[batch, inputs, height, width]` with a square kernel, and a bias for each output channel.
///
/// Weights are `[outputs, inputs, kernel, kernel]`; unless told otherwise, weights and biases start uniform on
/// ±1/√(inputs · kernel²), as `torch.nn.Conv2d` has them.
package struct Conv2D: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let kernel: Int
  package let stride: Int
  package let padding: Padding
  package let normalization: WeightNormalization
  package let initialization: Initialization

  package init(
    _ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Padding,
    normalization: WeightNormalization = .none, initialization: Initialization = .pytorch
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.normalization = normalization
    self.initialization = initialization
  }

  package init(_ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Int) {
    self.init(name, inputs, outputs, kernel: kernel, stride: stride, padding: .symmetric(padding))
  }

  /// A convolution with TensorFlow's padding "SAME", which gives ⌈height / stride⌉ rows.
  package static func same(
    _ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int,
    normalization: WeightNormalization = .none, initialization: Initialization = .pytorch
  ) -> Conv2D {
    Conv2D(
      name, inputs, outputs, kernel: kernel, stride: stride, padding: .same, normalization: normalization,
      initialization: initialization)
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let area = kernel * kernel
    let weight = x.graph.parameter(
      name + ".weight", [outputs, inputs, kernel, kernel],
      initialization.weights(fanIn: inputs * area, fanOut: outputs * area))
    let bias = x.graph.parameter(name + ".bias", [outputs], initialization.biases(fanIn: inputs * area))
    let geometry = padding.geometry(of: x.shape, kernel: kernel, stride: stride)
    let normalized = normalization.normalized(weight, name: name)
    return x.convolved(with: normalized, geometry).addingChannelBias(bias)
  }
}

/// A transposed convolution of images `[batch, inputs, height, width]`, and a bias for each output channel.
///
/// Weights are `[inputs, outputs, kernel, kernel]`; unless told otherwise, weights and biases start uniform on
/// ±1/√(outputs · kernel²), as `torch.nn.ConvTranspose2d` has them: PyTorch reads the fan-in off the second axis, here
/// the outputs.
package struct ConvTranspose2D: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let kernel: Int
  package let stride: Int
  package let padding: Padding
  package let initialization: Initialization

  package init(
    _ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Padding,
    initialization: Initialization = .pytorch
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.initialization = initialization
  }

  package init(_ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Int) {
    self.init(name, inputs, outputs, kernel: kernel, stride: stride, padding: .symmetric(padding))
  }

  /// The adjoint of a convolution with TensorFlow's padding "SAME": height · stride rows result.
  package static func same(
    _ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int,
    initialization: Initialization = .pytorch
  ) -> ConvTranspose2D {
    ConvTranspose2D(
      name, inputs, outputs, kernel: kernel, stride: stride, padding: .same, initialization: initialization)
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let area = kernel * kernel
    let weight = x.graph.parameter(
      name + ".weight", [inputs, outputs, kernel, kernel],
      initialization.weights(fanIn: outputs * area, fanOut: inputs * area))
    let bias = x.graph.parameter(name + ".bias", [outputs], initialization.biases(fanIn: outputs * area))
    return transposed(x, weight).addingChannelBias(bias)
  }

  private func transposed(_ x: Tensor, _ weight: Tensor) -> Tensor {
    guard padding == .same else {
      return x.transposedConvolved(with: weight, padding.geometry(of: x.shape, kernel: kernel, stride: stride))
    }
    let geometry = padding.geometry(of: x.shape, enlargedBy: stride, kernel: kernel, stride: stride)
    return x.transposedConvolved(
      with: weight, geometry, height: x.shape[2] * stride, width: x.shape[3] * stride)
  }
}
