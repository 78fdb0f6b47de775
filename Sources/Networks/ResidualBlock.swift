package import Tensors

/// Two times batch normalisation, ReLU and a 3×3 convolution, beside a 3×3 convolution as shortcut:
/// y = c₂(relu(n₂(c₁(relu(n₁(x)))))) + s(x), images `[batch, inputs, height, width]` to `outputs` channels.
///
/// Source: Two-Stage VAE (arXiv 1903.05789), github daib13/TwoStageVAE, network/util.py.
package struct ResidualBlock: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int
  package let convention: BatchNorm.Convention

  package init(_ name: String, _ inputs: Int, _ outputs: Int, convention: BatchNorm.Convention = .tensorFlow()) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.convention = convention
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let path = Sequential([
      normalization(1, inputs), convolution("convolution1", inputs),
      normalization(2, outputs), convolution("convolution2", outputs),
    ])
    return path(x) + convolution("shortcut", inputs)(x)
  }

  private func normalization(_ index: Int, _ channels: Int) -> BatchNorm {
    BatchNorm("\(name).normalization\(index)", channels: channels, convention: convention, leakySlope: 0)
  }

  private func convolution(_ part: String, _ inputs: Int) -> Conv2D {
    .same("\(name).\(part)", inputs, outputs, kernel: 3, stride: 1, initialization: .glorot)
  }
}

/// Two times ReLU and a fully connected layer, beside a fully connected layer as shortcut, `[batch, inputs]` to
/// `[batch, outputs]`. Source: as of `ResidualBlock`.
package struct ResidualMap: Layer {
  package let name: String
  package let inputs: Int
  package let outputs: Int

  package init(_ name: String, _ inputs: Int, _ outputs: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let path = Sequential([LeakyReLU.relu, linear("linear1", inputs), LeakyReLU.relu, linear("linear2", outputs)])
    return path(x) + linear("shortcut", inputs)(x)
  }

  private func linear(_ part: String, _ inputs: Int) -> Linear {
    Linear("\(name).\(part)", inputs, outputs, initialization: .glorot)
  }
}
