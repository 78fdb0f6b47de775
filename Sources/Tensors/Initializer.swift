/// How a parameter gets its first values.
package enum Initializer: Sendable, Equatable {
  /// Every element the same.
  case constant(Float)
  /// Uniform on ±1/√fanIn: the default of PyTorch for weights and biases of linear and convolution layers
  /// (torch.nn.Linear and torch.nn._ConvNd, `kaiming_uniform_` with a = √5).
  case uniform(fanIn: Int)
  /// Normal with mean zero.
  case normal(deviation: Float)

  /// Writes the first values of the parameter `name` of a run.
  package func fill(_ values: UnsafeMutableBufferPointer<Float>, name: String, seed: UInt64) {
    let generator = Generator(seed: seed).split("init").split(name)
    switch self {
    case .constant(let value): values.update(repeating: value)
    case .uniform(let fanIn):
      generator.fillUniform(values)
      let bound = 1 / Float(fanIn).squareRoot()
      for index in values.indices { values[index] = (2 * values[index] - 1) * bound }
    case .normal(let deviation):
      generator.fillNormal(values)
      for index in values.indices { values[index] *= deviation }
    }
  }
}
