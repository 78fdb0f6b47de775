import Execution
import NaiveTwin
import Tensors
import Testing

/// The ends of float32: no function may turn a large number into nonsense, or hide that a loss is lost.
@Suite struct ExtremesTests {
  static let functions: [UnaryFunction] = [
    .absolute, .affine(scale: -2, shift: 1), .exp, .leakyReLU(slope: 0), .leakyReLU(slope: 0.2),
    .leakyStep(slope: 0.2), .log, .reciprocal, .sigmoid, .sign, .softplus, .square, .squareRoot, .tanh,
  ]

  /// Beyond all thresholds: e⁸⁸·⁷ overflows, e⁻⁸⁷·³ is subnormal, tanh and the sigmoid are flat by 20.
  private let ends: [Float] = [-1e30, -200, -88, -20, -1e-3, -1e-30, 0, 1e-30, 1e-3, 20, 88, 200, 1e30]

  @Test(arguments: functions)
  func `far out a function is the rounded true value, or infinite`(function: UnaryFunction) throws {
    let isForPositives = function == .log || function == .squareRoot
    let numbers = ends.filter { !isForPositives || $0 > 0 }.filter { function != .reciprocal || $0 != 0 }
    let (values, expected) = try run(function, on: numbers)
    for (x, (value, truth)) in zip(numbers, zip(values, expected)) {
      let rounded = Float(truth)
      // Some units of 2⁻²⁴ of the value; what is subnormal may be flushed to zero.
      let isClose = value == rounded || abs(value - rounded) <= 1e-6 * abs(rounded) + Float.leastNormalMagnitude
      #expect(isClose, "\(function) of \(x) is \(value) instead of \(rounded)")
    }
  }

  @Test(arguments: functions)
  func `not a number stays so`(function: UnaryFunction) throws {
    // Steps and signs compare; every other function must show that its operand is lost.
    if case .leakyStep = function { return }
    if function == .sign { return }
    #expect(try run(function, on: [.nan, 1, .nan]).0.map(\.isNaN) == [true, false, true])
  }

  @Test func `a sum, a mean and a product with one lost number are lost`() throws {
    let graph = Graph()
    let x = graph.input("x", [3, 20])
    let weights = graph.input("w", [20, 2])
    let outputs = [
      x.sum(), x.square.mean(), x.sum(along: [1]).sum(), x.matmul(weights).sum(), x.logSumExp(along: [1]).sum(),
    ]
    let point = Point(inputs: ["x": Array(repeating: 1, count: 59) + [.nan], "w": Array(repeating: 1, count: 40)])
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: ParameterStore())
    #expect(values.allSatisfy { $0[0].isNaN })
  }

  @Test func `the logarithm and the root of a negative number are none, and the logarithm of zero is minus infinity`()
    throws
  {
    #expect(try run(.log, on: [-1, -1e-30]).0.allSatisfy(\.isNaN))
    #expect(try run(.squareRoot, on: [-1, -1e-30]).0.allSatisfy(\.isNaN))
    #expect(try run(.log, on: [0]).0 == [-.infinity])
  }

  private func run(_ function: UnaryFunction, on numbers: [Float]) throws -> ([Float], [Double]) {
    let graph = Graph()
    let y = graph.input("x", [numbers.count]).map(function)
    let point = Point(inputs: ["x": numbers.map(Double.init)])
    let values = try CPUExecutor().evaluate([y], at: point, parameters: ParameterStore())
    return (values[0], NaiveTwin.evaluate([y], at: point)[0])
  }
}
