import Foundation
import Tensors

extension Unary: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] { inputs[0].elements.map(function.evaluate) }
}

extension Binary: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { function.evaluate(inputs[0].stretched(at: $0), inputs[1].stretched(at: $0)) }
  }
}

extension ChannelBias: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    shape.everyCoordinates.map { inputs[0][$0] + inputs[1].elements[$0[1]] }
  }
}

extension UnaryFunction {
  func evaluate(_ x: Double) -> Double {
    switch self {
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + Foundation.exp(-x))
    case .softplus: max(x, 0) + log1p(Foundation.exp(-abs(x)))
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .reciprocal: 1 / x
    case .absolute: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .leakyReLU(let slope): x > 0 ? x : Double(slope) * x
    case .leakyStep(let slope): x > 0 ? 1 : Double(slope)
    case .affine(let scale, let shift): Double(scale) * x + Double(shift)
    case .detached: x
    }
  }
}

extension BinaryFunction {
  func evaluate(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .maximum: max(a, b)
    case .atLeast: a >= b ? 1 : 0
    }
  }
}
