import CKernels
import Testing

/// Fused programs against a plain loop in double precision.
struct FusedKernelTests {
  /// outer, middle and inner sizes: short, odd and long rows, whole tiles and their neighbours.
  static let spaces = [
    [1, 1, 1], [1, 1, 511], [1, 1, 512], [1, 1, 1300], [3, 5, 2], [1, 300, 2], [7, 1, 10], [4, 9, 64], [2, 3, 100],
    [3, 2, 257], [2, 2, 784], [5, 6, 1], [100, 4, 16],
  ]

  private func program(_ space: [Int]) -> KernelProgram {
    KernelProgram(outer: space[0], middle: space[1], inner: space[2])
  }

  private func dense(_ space: [Int], seed: UInt64) -> KernelOperand {
    KernelOperand(
      values: numbers(space.reduce(1, *), seed: seed), outer: space[1] * space[2], middle: space[2], inner: 1)
  }

  /// Every way in which an operand may lie in the space, with memory that fits.
  private func operands(_ space: [Int]) -> [KernelOperand] {
    let (o, m, i) = (space[0], space[1], space[2])
    return [
      dense(space, seed: 1),
      KernelOperand(values: numbers(1, seed: 2), outer: 0, middle: 0, inner: 0),
      KernelOperand(values: numbers(i, seed: 3), outer: 0, middle: 0, inner: 1),
      KernelOperand(values: numbers(o * m, seed: 4), outer: m, middle: 1, inner: 0),
      KernelOperand(values: numbers(m, seed: 5), outer: 0, middle: 1, inner: 0),
      KernelOperand(values: numbers(o, seed: 6), outer: 1, middle: 0, inner: 0),
      KernelOperand(values: numbers(m * i, seed: 7), outer: 0, middle: i, inner: 1),
      KernelOperand(values: numbers(o * i, seed: 8), outer: i, middle: 0, inner: 1),
      KernelOperand(values: numbers(o * m * (i + 3) + 5, seed: 9), outer: m * (i + 3), middle: i + 3, inner: 1),
      KernelOperand(values: numbers(m * (o * i + 2), seed: 10), outer: i, middle: o * i + 2, inner: 1),
    ]
  }

  @Test func `each function of one argument means what its name says`() {
    for opcode in unaryOpcodes {
      var program = program([1, 1, 1030])
      var input = dense([1, 1, 1030], seed: 3)
      let positive = [KERNEL_LOG, KERNEL_SQRT, KERNEL_RECIPROCAL, KERNEL_LOG_ONE_PLUS, KERNEL_LOG_GAMMA].contains(
        opcode)
      input.values = input.values.map { positive ? abs($0) * 30 + 0.01 : $0 * 30 }
      program.operands = [input, dense([1, 1, 1030], seed: 4)]
      program.append(KERNEL_LOAD, 5, 0)
      program.append(opcode, 7, 5, x: 0.2, y: -3)
      program.append(KERNEL_STORE, 1, 7)
      // Four units in the last place, the widest bound stated; an affine result near zero may have cancelled.
      let (result, expected) = (program.run()[1], program.expected()[1])
      let cancelled = opcode == KERNEL_AFFINE ? 1e-6 : 0
      #expect(agree(result, expected, relative: 4 * 0x1p-23, absolute: cancelled), "opcode \(opcode.rawValue)")
    }
  }

  @Test func `each function of two arguments means what its name says`() {
    for opcode in binaryOpcodes {
      var program = program([1, 1, 700])
      program.operands = (0..<3).map { dense([1, 1, 700], seed: UInt64($0)) }
      for place in stride(from: 0, to: 700, by: 13) {
        program.operands[1].values[place] = program.operands[0].values[place]
      }
      program.append(KERNEL_LOAD, 0, 0)
      program.append(KERNEL_LOAD, 1, 1)
      program.append(opcode, 2, 0, 1)
      program.append(KERNEL_STORE, 2, 2)
      // One rounding of the exact result.
      #expect(roundedOnce(program.run()[2], program.expected()[2]), "opcode \(opcode.rawValue)")
    }
  }

  @Test(arguments: spaces)
  func `operands may lie in any way in the space`(space: [Int]) {
    let sources = operands(space)
    for first in sources.indices {
      for second in first..<sources.count {
        var program = program(space)
        program.operands = [sources[first], sources[second], dense(space, seed: 0)]
        program.append(KERNEL_LOAD, 0, 0)
        program.append(KERNEL_LOAD, 1, 1)
        program.append(KERNEL_CONSTANT, 2, x: 0.5)
        program.append(KERNEL_MULTIPLY, 0, 0, 2)
        program.append(KERNEL_ADD, 0, 0, 1)
        program.append(KERNEL_STORE, 2, 0)
        // One rounding: half a product is exact.
        #expect(roundedOnce(program.run()[2], program.expected()[2]), "operands \(first) and \(second)")
      }
    }
  }

  @Test(arguments: spaces)
  func `a result may be stored into a part of a larger array and leaves the rest alone`(space: [Int]) {
    let (m, i) = (space[1], space[2])
    var program = program(space)
    var target = KernelOperand(values: [], outer: m * (i + 3), middle: i + 3, inner: 1)
    target.values = [Float](repeating: 77, count: space[0] * m * (i + 3))
    program.operands = [dense(space, seed: 1), target]
    program.append(KERNEL_LOAD, 0, 0)
    program.append(KERNEL_SQUARE, 1, 0)
    program.append(KERNEL_STORE, 1, 1)
    #expect(roundedOnce(program.run()[1], program.expected()[1]))
  }

  @Test(arguments: spaces)
  func `sums run over the whole space, or over each row`(space: [Int]) {
    for source in operands(space) {
      var program = program(space)
      let rows = KernelOperand(
        values: [Float](repeating: 77, count: space[0] * space[1]), outer: space[1], middle: 1, inner: 0)
      program.operands = [source, KernelOperand(values: [77], outer: 0, middle: 0, inner: 0), rows]
      program.append(KERNEL_LOAD, 0, 0)
      program.append(KERNEL_SUM, 1, 0)
      var byRow = program
      byRow.append(KERNEL_SUM_INNER, 2, 0)
      let (total, both) = (program.run(), byRow.run())
      let expected = byRow.expected()
      // The sizes add up to less than the count; float partial sums lose a few 2^-24 of that.
      let bound = 3e-7 * Double(space.reduce(1, *))
      #expect(abs(Double(total[1][0]) - expected[1][0]) < bound)
      #expect(abs(Double(both[1][0]) - expected[1][0]) < bound)
      #expect(largestDifference(both[2], expected[2]) < 3e-7 * Double(space[2]))
    }
  }

  @Test func `a million terms add up to one part in a million`() {
    var program = program([1, 1000, 1003])
    var input = dense([1, 1000, 1003], seed: 5)
    input.values = input.values.map { $0 + 1 }
    program.operands = [input, KernelOperand(values: [0], outer: 0, middle: 0, inner: 0)]
    program.append(KERNEL_LOAD, 0, 0)
    program.append(KERNEL_SUM, 1, 0)
    let expected = input.values.reduce(0.0) { $0 + Double($1) }
    #expect(abs(Double(program.run()[1][0]) - expected) < 1e-6 * expected)
  }

  @Test(arguments: spaces)
  func `a result may replace its operand, which keeps its old values until the program ends`(space: [Int]) {
    var program = program(space)
    program.operands = [dense(space, seed: 1), dense(space, seed: 1), dense(space, seed: 2)]
    program.append(KERNEL_LOAD, 0, 0)
    program.append(KERNEL_AFFINE, 1, 0, x: 2, y: 0)
    program.append(KERNEL_STORE, 1, 1)
    program.append(KERNEL_MULTIPLY, 2, 0, 1)
    program.append(KERNEL_STORE, 2, 2)
    let result = program.run(aliases: [1: 0])
    let x = program.operands[0].values
    #expect(result[0] == x.map { 2 * $0 })
    #expect(result[2] == x.map { $0 * (2 * $0) })
  }

  @Test(arguments: [1, 15, 16, 100, 512, 513])
  func `a number's result does not depend on how many others there are`(count: Int) {
    func softplus(of values: [Float]) -> [Float] {
      var program = program([1, 1, values.count])
      let operand = KernelOperand(values: values, outer: 0, middle: 0, inner: 1)
      program.operands = [operand, operand]
      program.append(KERNEL_LOAD, 0, 0)
      program.append(KERNEL_SOFTPLUS, 1, 0)
      program.append(KERNEL_STORE, 1, 1)
      return program.run()[1]
    }
    let x = numbers(1500).map { $0 * 10 }
    #expect(softplus(of: Array(x[37..<37 + count])) == Array(softplus(of: x)[37..<37 + count]))
  }

  @Test func `softplus and sigmoid keep their limits`() {
    var program = program([1, 1, 6])
    var input = dense([1, 1, 6], seed: 1)
    input.values = [-.infinity, -200, 0, 200, .infinity, .nan]
    program.operands = [input, dense([1, 1, 6], seed: 1), dense([1, 1, 6], seed: 1)]
    program.append(KERNEL_LOAD, 0, 0)
    program.append(KERNEL_SOFTPLUS, 1, 0)
    program.append(KERNEL_STORE, 1, 1)
    program.append(KERNEL_SIGMOID, 1, 0)
    program.append(KERNEL_STORE, 2, 1)
    let result = program.run()
    #expect(result[1][..<5] == [0, 0, 0.6931472, 200, .infinity] && result[1][5].isNaN)
    #expect(result[2][..<5] == [0, 0, 0.5, 1, 1] && result[2][5].isNaN)
  }
}
