import Tensors

extension Input: LeafTwin {
  func evaluate(in setting: Setting) -> [Double] {
    guard let value = setting.inputs[name] else { preconditionFailure("the twin was given no input \(name)") }
    return value
  }
}

extension Parameter: LeafTwin {
  func evaluate(in setting: Setting) -> [Double] {
    guard let value = setting.parameters[name] else { preconditionFailure("the twin was given no parameter \(name)") }
    return value
  }
}

extension Constant: LeafTwin {
  func evaluate(in setting: Setting) -> [Double] { Array(repeating: Double(value), count: shape.count) }
}

extension RandomDraw: LeafTwin {
  func evaluate(in setting: Setting) -> [Double] {
    let generator = Generator(seed: setting.seed).split(purpose)
    return switch kind {
    case .uniform: generator.uniforms(shape.count, stream: setting.step).map(Double.init)
    case .normal: generator.normals(shape.count, stream: setting.step).map(Double.init)
    case .permutation: generator.permutation(shape.count, stream: setting.step).map(Double.init)
    }
  }
}

extension Iteration: LeafTwin {
  func evaluate(in setting: Setting) -> [Double] { [Double(setting.step + 1)] }
}
