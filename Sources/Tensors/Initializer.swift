/// How a parameter gets its first values.
package enum Initializer: Sendable, Equatable {
  /// Every element the same.
  case constant(Float)
  /// Uniform on ±1/√fanIn: the default of PyTorch for weights and biases of linear and convolution layers
  /// (torch.nn.Linear and torch.nn._ConvNd, `kaiming_uniform_` with a = √5).
  case uniform(fanIn: Int)
  /// Uniform on ± a bound.
  case uniformWithin(Float)
  /// Normal with mean zero.
  case normal(deviation: Float)
  /// Normal with mean zero, drawn again wherever it is beyond two deviations, as `tf.truncated_normal`.
  case truncatedNormal(deviation: Float)

  /// Writes the first values of the parameter `name` of a run.
  package func fill(_ values: UnsafeMutableBufferPointer<Float>, name: String, seed: UInt64) {
    let generator = Generator(seed: seed).split("init").split(name)
    switch self {
    case .constant(let value): values.update(repeating: value)
    case .uniform(let fanIn): Self.fillUniform(values, within: 1 / Float(fanIn).squareRoot(), generator)
    case .uniformWithin(let bound): Self.fillUniform(values, within: bound, generator)
    case .normal(let deviation):
      generator.fillNormal(values)
      for index in values.indices { values[index] *= deviation }
    case .truncatedNormal(let deviation):
      Self.fillTruncated(values, generator)
      for index in values.indices { values[index] *= deviation }
    }
  }

  private static func fillUniform(
    _ values: UnsafeMutableBufferPointer<Float>, within bound: Float, _ generator: Generator
  ) {
    generator.fillUniform(values)
    for index in values.indices { values[index] = (2 * values[index] - 1) * bound }
  }

  /// Each further stream of the generator offers a number for every place that has none yet.
  private static func fillTruncated(_ values: UnsafeMutableBufferPointer<Float>, _ generator: Generator) {
    generator.fillNormal(values)
    var stream: UInt64 = 1
    while values.contains(where: { abs($0) > 2 }) {
      let others = generator.normals(values.count, stream: stream)
      for index in values.indices where abs(values[index]) > 2 { values[index] = others[index] }
      stream += 1
    }
  }
}
