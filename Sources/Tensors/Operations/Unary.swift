/// One function applied to each element.
package struct Unary: Operation {
  package let function: UnaryFunction

  package func shape(of inputs: [Shape]) -> Shape { inputs[0] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [function.slope(x: application.inputs[0], y: application.output).map { upstream * $0 }]
  }
}

/// The elementwise functions of one argument.
package enum UnaryFunction: Sendable, Hashable {
  case exp
  case log
  case tanh
  /// 1 / (1 + e^−x)
  case sigmoid
  /// log(1 + e^x)
  case softplus
  case square
  case squareRoot
  case reciprocal
  case absolute
  /// −1, 0 or 1.
  case sign
  /// x where x > 0, else slope · x; slope 0 is the ReLU and slope 1 the identity.
  case leakyReLU(slope: Float)
  /// 1 where x > 0, else the slope: the derivative of the leaky ReLU, at its input or its output.
  case leakyStep(slope: Float)
  /// scale · x + shift
  case affine(scale: Float, shift: Float)

  /// The derivative dy/dx in terms of input and output; `nil` where it is zero almost everywhere.
  ///
  /// The output is used wherever it suffices, so that the input's buffer is free after the forward pass.
  func slope(x: Tensor, y: Tensor) -> Tensor? {
    switch self {
    case .exp: y
    case .log: x.reciprocal
    case .tanh: y.square.affine(-1, 1)
    case .sigmoid: y - y.square
    case .softplus: x.sigmoid
    case .square: x * 2
    case .squareRoot: y.reciprocal * 0.5
    case .reciprocal: y.square * -1
    case .absolute: x.sign
    case .sign, .leakyStep: nil
    case .leakyReLU(let slope): y.graph.apply(Unary(function: .leakyStep(slope: slope)), to: [y])
    case .affine(let scale, _): y.graph.constant(scale)
    }
  }
}

extension Tensor {
  package func map(_ function: UnaryFunction) -> Tensor { graph.apply(Unary(function: function), to: [self]) }

  package var exp: Tensor { map(.exp) }
  package var log: Tensor { map(.log) }
  package var tanh: Tensor { map(.tanh) }
  package var sigmoid: Tensor { map(.sigmoid) }
  package var softplus: Tensor { map(.softplus) }
  package var square: Tensor { map(.square) }
  package var squareRoot: Tensor { map(.squareRoot) }
  package var reciprocal: Tensor { map(.reciprocal) }
  package var absolute: Tensor { map(.absolute) }
  package var sign: Tensor { map(.sign) }
  package var relu: Tensor { map(.leakyReLU(slope: 0)) }

  /// x where x > 0, else slope · x. A slope of one is the identity and leaves no node.
  package func leakyReLU(slope: Float) -> Tensor { slope == 1 ? self : map(.leakyReLU(slope: slope)) }

  /// scale · x + shift
  package func affine(_ scale: Float, _ shift: Float) -> Tensor { map(.affine(scale: scale, shift: shift)) }

  package static func + (x: Tensor, shift: Float) -> Tensor { x.affine(1, shift) }
  package static func - (x: Tensor, shift: Float) -> Tensor { x.affine(1, -shift) }
  package static func * (x: Tensor, scale: Float) -> Tensor { x.affine(scale, 0) }
  package static func * (scale: Float, x: Tensor) -> Tensor { x.affine(scale, 0) }
  package static prefix func - (x: Tensor) -> Tensor { x.affine(-1, 0) }
}
