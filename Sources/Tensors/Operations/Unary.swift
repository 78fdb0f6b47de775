/// One function applied to each element.
package struct Unary: Operation {
  package let function: UnaryFunction

  package func shape(of inputs: [Shape]) -> Shape { inputs[0] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [function.pullback(x: application.inputs[0], y: application.output, upstream: upstream)]
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
  /// x where x > 0, else slope · x with slope ≥ 0; slope 0 is the ReLU and slope 1 the identity.
  case leakyReLU(slope: Float)
  /// 1 where x > 0, else the slope: the derivative of the leaky ReLU, at its input or, of the same sign, its output.
  case leakyStep(slope: Float)
  /// scale · x + shift
  case affine(scale: Float, shift: Float)
  /// x itself; no gradient flows.
  case detached
  /// log(1 + x), exact for small x.
  case logOnePlus
  /// log Γ(x), x > 0.
  case logGamma
  /// The derivative of the given order of the digamma function d/dx log Γ(x), x > 0; order 0 is the digamma function.
  case polygamma(order: Int)

  /// What flows back from the output `y` to the input `x`; `nil` where the slope is zero almost everywhere.
  ///
  /// The output is used wherever it suffices, so that the input's buffer is free after the forward pass.
  func pullback(x: Tensor, y: Tensor, upstream: Tensor) -> Tensor? {
    switch self {
    case .exp: upstream * y
    case .log: upstream / x
    case .tanh: upstream * y.square.affine(-1, 1)
    case .sigmoid: upstream * (y - y.square)
    case .softplus: upstream * x.sigmoid
    case .square: upstream * (x * 2)
    case .squareRoot: upstream / (y * 2)
    case .reciprocal: upstream * (y.square * -1)
    case .absolute: upstream * x.sign
    case .sign, .leakyStep, .detached: nil
    case .leakyReLU(let slope): upstream * y.map(.leakyStep(slope: slope))
    case .logOnePlus: upstream / (x + 1)
    case .logGamma: upstream * x.digamma
    case .polygamma(let order): upstream * x.map(.polygamma(order: order + 1))
    case .affine(let scale, _): scale == 1 ? upstream : upstream * scale
    }
  }
}

extension Tensor {
  /// A function of each element.
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
  /// The same numbers, taken for constants by gradients: TensorFlow's `stop_gradient`.
  package var detached: Tensor { map(.detached) }
  /// log(1 + x), exact for small x.
  package var logOnePlus: Tensor { map(.logOnePlus) }
  /// log Γ(x), x > 0.
  package var logGamma: Tensor { map(.logGamma) }
  /// d/dx log Γ(x), x > 0.
  package var digamma: Tensor { map(.polygamma(order: 0)) }
  package var relu: Tensor { map(.leakyReLU(slope: 0)) }

  /// x where x > 0, else slope · x. A slope of one is the identity and leaves no node.
  package func leakyReLU(slope: Float) -> Tensor {
    precondition(slope >= 0, "a leaky ReLU's slope is at least zero, not \(slope)")
    return slope == 1 ? self : map(.leakyReLU(slope: slope))
  }

  /// Each element kept above a bound, softly: bound + softplus(x − bound).
  package func softClipped(above bound: Float) -> Tensor { (self - bound).softplus + bound }

  /// scale · x + shift
  package func affine(_ scale: Float, _ shift: Float) -> Tensor { map(.affine(scale: scale, shift: shift)) }

  package static func + (x: Tensor, shift: Float) -> Tensor { x.affine(1, shift) }
  package static func - (x: Tensor, shift: Float) -> Tensor { x.affine(1, -shift) }
  package static func * (x: Tensor, scale: Float) -> Tensor { x.affine(scale, 0) }
  package static func * (scale: Float, x: Tensor) -> Tensor { x.affine(scale, 0) }
  package static prefix func - (x: Tensor) -> Tensor { x.affine(-1, 0) }
}
