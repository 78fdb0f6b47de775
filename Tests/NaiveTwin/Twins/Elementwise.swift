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
    case .logOnePlus: log1p(x)
    case .logGamma: logGammaAndSign(x).0
    case .polygamma(let order): polygammaSeries(order, x)
    }
  }
}

/// log |Γ(x)| by the system's library, without the global variable of `lgamma`.
private func logGammaAndSign(_ x: Double) -> (Double, Int32) {
  var sign: Int32 = 0
  return (lgamma_r(x, &sign), sign)
}

/// The polygamma function from its series Σ 1 / (x + k)ⁿ⁺¹ (Abramowitz and Stegun 6.4.10; 6.3.16 for order 0): the
/// first thousand terms, and the rest by the integral with the first two Euler-Maclaurin corrections, below 10⁻¹⁵.
private func polygammaSeries(_ order: Int, _ x: Double) -> Double {
  let end = x + 1000
  let power = Double(order + 1)
  let terms = (0..<1000).reversed().reduce(0) { $0 + pow(x + Double($1), -power) }
  let corrections = 0.5 * pow(end, -power) + power / 12 * pow(end, -power - 1)
  guard order > 0 else { return Foundation.log(end) - corrections - terms }
  let factorial = (1...order).reduce(1) { $0 * Double($1) }
  let sum = terms + pow(end, -Double(order)) / Double(order) + corrections
  return (order.isMultiple(of: 2) ? -1 : 1) * factorial * sum
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
