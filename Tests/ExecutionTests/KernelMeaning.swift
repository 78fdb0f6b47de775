import CKernels
import Foundation

extension kernel_instruction {
  func `is`(_ kind: kernel_opcode) -> Bool { opcode == Int32(kind.rawValue) }

  /// What an arithmetic instruction means, in double precision.
  func value(_ p: Double, _ q: Double) -> Double {
    switch kernel_opcode(UInt32(opcode)) {
    case KERNEL_CONSTANT: Double(x)
    case KERNEL_AFFINE: Double(x) * p + Double(y)
    case KERNEL_EXP: exp(p)
    case KERNEL_LOG: log(p)
    case KERNEL_TANH: tanh(p)
    case KERNEL_SIGMOID: 1 / (1 + exp(-p))
    case KERNEL_SOFTPLUS: max(p, 0) + log1p(exp(-abs(p)))
    case KERNEL_SQUARE: p * p
    case KERNEL_SQRT: p.squareRoot()
    case KERNEL_RECIPROCAL: 1 / p
    case KERNEL_ABS: abs(p)
    case KERNEL_SIGN: p > 0 ? 1 : p < 0 ? -1 : 0
    case KERNEL_LEAKY_RELU: p > 0 ? p : Double(x) * p
    case KERNEL_LEAKY_STEP: p > 0 ? 1 : Double(x)
    case KERNEL_LOG_ONE_PLUS: log1p(p)
    case KERNEL_LOG_GAMMA: lgamma(p)
    case KERNEL_ADD: p + q
    case KERNEL_SUBTRACT: p - q
    case KERNEL_MULTIPLY: p * q
    case KERNEL_DIVIDE: p / q
    case KERNEL_MAXIMUM: max(p, q)
    case KERNEL_AT_LEAST: p >= q ? 1 : 0
    default: .nan
    }
  }
}

/// The instructions of one argument.
let unaryOpcodes: [kernel_opcode] = [
  KERNEL_AFFINE, KERNEL_EXP, KERNEL_LOG, KERNEL_TANH, KERNEL_SIGMOID, KERNEL_SOFTPLUS, KERNEL_SQUARE, KERNEL_SQRT,
  KERNEL_RECIPROCAL, KERNEL_ABS, KERNEL_SIGN, KERNEL_LEAKY_RELU, KERNEL_LEAKY_STEP, KERNEL_LOG_ONE_PLUS,
  KERNEL_LOG_GAMMA,
]

/// The instructions of two arguments.
let binaryOpcodes: [kernel_opcode] = [
  KERNEL_ADD, KERNEL_SUBTRACT, KERNEL_MULTIPLY, KERNEL_DIVIDE, KERNEL_MAXIMUM, KERNEL_AT_LEAST,
]
