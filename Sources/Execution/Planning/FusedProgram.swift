internal import CKernels
import Tensors

/// The instructions of one fused pass over a group's members, with registers assigned.
struct FusedProgram {
  /// What an operand of the pass is.
  enum Operand: Hashable {
    /// The value of a node outside, stretched to the group's shape.
    case read(node: Int)
    /// The value of a member, written in full.
    case write(node: Int)
    /// A total or partial sum.
    case sum(node: Int)
  }

  private(set) var instructions: [kernel_instruction] = []
  private(set) var operands: [Operand] = []
  private let survey: Survey
  private let members: [Int]
  private let lastUse: [Int: Int]
  private var registers: [Int: Int32] = [:]
  private var free: [Int32] = (0..<Int32(KERNEL_REGISTERS)).reversed()

  /// `nil` if the pass needs more registers than there are.
  init?(_ members: [Int], survey: Survey) {
    self.survey = survey
    self.members = members
    var lastUse: [Int: Int] = [:]
    for (position, member) in members.enumerated() {
      lastUse[member] = position
      for input in survey.inputs(member) { lastUse[input] = position }
    }
    self.lastUse = lastUse
    let inside = Set(members)
    for (position, member) in members.enumerated() {
      guard append(member, at: position, inside: inside) else { return nil }
    }
  }

  private mutating func append(_ member: Int, at position: Int, inside: Set<Int>) -> Bool {
    if let sum = survey.operation(member) as? Sum {
      guard appendSum(sum, of: survey.inputs(member)[0], as: member) else { return false }
    } else {
      guard appendElementwise(member) else { return false }
      let isRead = survey.readers[member].contains { !inside.contains($0) }
      if isRead || survey.isPinned[member] { appendStore(member) }
    }
    for value in Set(survey.inputs(member) + [member]) where lastUse[value] == position { release(value) }
    return true
  }

  private mutating func appendElementwise(_ member: Int) -> Bool {
    guard let operation = survey.operation(member) as? any Elementwise else { return false }
    var sources: [Int32] = []
    for input in survey.inputs(member) {
      guard let register = register(holding: input) else { return false }
      sources.append(register)
    }
    guard let target = claim(member) else { return false }
    var instruction = operation.instruction
    instruction.dst = target
    instruction.a = sources[0]
    instruction.b = sources.last ?? 0
    instructions.append(instruction)
    return true
  }

  /// The register with a node's value, after a load or the writing of a constant if it is in none yet.
  private mutating func register(holding node: Int) -> Int32? {
    if let known = registers[node] { return known }
    guard let register = claim(node) else { return nil }
    if let constant = survey.operation(node) as? Constant {
      instructions.append(.init(KERNEL_CONSTANT, dst: register, x: constant.value))
    } else {
      instructions.append(.init(KERNEL_LOAD, dst: register, a: operand(.read(node: node))))
    }
    return register
  }

  private mutating func appendStore(_ member: Int) {
    guard let register = registers[member] else { return }
    instructions.append(.init(KERNEL_STORE, dst: operand(.write(node: member)), a: register))
  }

  private mutating func appendSum(_ sum: Sum, of input: Int, as member: Int) -> Bool {
    guard let register = register(holding: input) else { return false }
    let isTotal = sum.isTotal(rank: survey.shape(input).rank)
    let opcode = isTotal ? KERNEL_SUM : KERNEL_SUM_INNER
    instructions.append(.init(opcode, dst: operand(.sum(node: member)), a: register))
    return true
  }

  private mutating func operand(_ operand: Operand) -> Int32 {
    operands.append(operand)
    return Int32(operands.count - 1)
  }

  private mutating func claim(_ node: Int) -> Int32? {
    guard let register = free.popLast() else { return nil }
    registers[node] = register
    return register
  }

  private mutating func release(_ node: Int) {
    guard let register = registers.removeValue(forKey: node) else { return }
    free.append(register)
  }
}

extension kernel_instruction {
  init(_ opcode: kernel_opcode, dst: Int32 = 0, a: Int32 = 0, x: Float = 0, y: Float = 0) {
    self.init(opcode: Int32(opcode.rawValue), dst: dst, a: a, b: 0, x: x, y: y)
  }
}

/// An operation on each element that fused passes know.
protocol Elementwise: Operation {
  /// The instruction without its registers.
  var instruction: kernel_instruction { get }
}

extension Unary: Elementwise {
  var instruction: kernel_instruction {
    switch function {
    case .exp: .init(KERNEL_EXP)
    case .log: .init(KERNEL_LOG)
    case .tanh: .init(KERNEL_TANH)
    case .sigmoid: .init(KERNEL_SIGMOID)
    case .softplus: .init(KERNEL_SOFTPLUS)
    case .square: .init(KERNEL_SQUARE)
    case .squareRoot: .init(KERNEL_SQRT)
    case .reciprocal: .init(KERNEL_RECIPROCAL)
    case .absolute: .init(KERNEL_ABS)
    case .sign: .init(KERNEL_SIGN)
    case .leakyReLU(let slope): .init(KERNEL_LEAKY_RELU, x: slope)
    case .leakyStep(let slope): .init(KERNEL_LEAKY_STEP, x: slope)
    case .affine(let scale, let shift): .init(KERNEL_AFFINE, x: scale, y: shift)
    case .detached: .init(KERNEL_AFFINE, x: 1, y: 0)
    case .logOnePlus: .init(KERNEL_LOG_ONE_PLUS)
    case .logGamma: .init(KERNEL_LOG_GAMMA)
    case .polygamma(let order): .init(KERNEL_POLYGAMMA, x: Float(order))
    }
  }
}

extension Binary: Elementwise {
  var instruction: kernel_instruction {
    switch function {
    case .add: .init(KERNEL_ADD)
    case .subtract: .init(KERNEL_SUBTRACT)
    case .multiply: .init(KERNEL_MULTIPLY)
    case .divide: .init(KERNEL_DIVIDE)
    case .maximum: .init(KERNEL_MAXIMUM)
    case .atLeast: .init(KERNEL_AT_LEAST)
    }
  }
}

extension Stretch: Elementwise {
  /// A load repeats by itself; what is left is a copy.
  var instruction: kernel_instruction { .init(KERNEL_AFFINE, x: 1, y: 0) }
}
