package import Tensors

/// A convolution of images `[batch, inputs, height, width]` with a square kernel, and a bias for each output channel.
///
/// Weights are `[outputs, inputs, kernel, kernel]`; weights and biases start uniform on ±1/√(inputs · kernel²), as
/// `torch.nn.Conv2d` has them.
package struct Conv2D: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let kernel: Int
  package let geometry: ConvolutionGeometry

  package init(_ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    geometry = ConvolutionGeometry(stride: stride, padding: padding)
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let initializer = Initializer.uniform(fanIn: inputs * kernel * kernel)
    let weight = x.graph.parameter(name + ".weight", [outputs, inputs, kernel, kernel], initializer)
    let bias = x.graph.parameter(name + ".bias", [outputs], initializer)
    return x.convolved(with: weight, geometry).addingChannelBias(bias)
  }
}

/// A transposed convolution of images `[batch, inputs, height, width]`, and a bias for each output channel.
///
/// Weights are `[inputs, outputs, kernel, kernel]`; weights and biases start uniform on ±1/√(outputs · kernel²), as
/// `torch.nn.ConvTranspose2d` has them: PyTorch reads the fan-in off the second axis, here the outputs.
package struct ConvTranspose2D: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let kernel: Int
  package let geometry: ConvolutionGeometry

  package init(_ name: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, padding: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    geometry = ConvolutionGeometry(stride: stride, padding: padding)
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let initializer = Initializer.uniform(fanIn: outputs * kernel * kernel)
    let weight = x.graph.parameter(name + ".weight", [inputs, outputs, kernel, kernel], initializer)
    let bias = x.graph.parameter(name + ".bias", [outputs], initializer)
    return x.transposedConvolved(with: weight, geometry).addingChannelBias(bias)
  }
}
