import CKernels

/// An operand of a fused program in a test: its own memory, and how the iteration space maps to it.
struct KernelOperand {
  var values: [Float]
  var outer: Int
  var middle: Int
  var inner: Int

  func place(_ o: Int, _ m: Int, _ i: Int) -> Int { o * outer + m * middle + i * inner }
}

/// A fused program with its operands, run by the kernel and by a plain loop in double precision.
struct KernelProgram {
  var instructions: [kernel_instruction] = []
  var operands: [KernelOperand] = []
  var (outer, middle, inner) = (1, 1, 1)

  /// One more instruction; `dst`, `a` and `b` are registers or an operand's index, as the opcode wants.
  mutating func append(_ opcode: kernel_opcode, _ dst: Int, _ a: Int = 0, _ b: Int = 0, x: Float = 0, y: Float = 0) {
    instructions.append(
      kernel_instruction(
        opcode: Int32(opcode.rawValue), dst: Int32(dst), a: Int32(a), b: Int32(b), x: x, y: y))
  }

  /// The operands' memory after the kernel has run; `aliases` names operands that share the memory of another.
  func run(aliases: [Int: Int] = [:]) -> [[Float]] {
    let memories = operands.map { operand in
      let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: operand.values.count)
      _ = memory.initialize(from: operand.values)
      return memory
    }
    defer { memories.forEach { $0.deallocate() } }
    let places = operands.enumerated().map { index, operand in
      kernel_operand(
        base: memories[aliases[index] ?? index].baseAddress, outer: operand.outer, middle: operand.middle,
        inner: operand.inner)
    }
    kernel_fused(instructions, instructions.count, places, places.count, outer, middle, inner)
    return memories.indices.map { Array(memories[aliases[$0] ?? $0]) }
  }

  /// What the operands should hold afterwards.
  func expected() -> [[Double]] {
    var memory = operands.map { $0.values.map(Double.init) }
    for sum in instructions where sum.is(KERNEL_SUM) { memory[Int(sum.dst)][0] = 0 }
    for o in 0..<outer {
      for m in 0..<middle {
        for sum in instructions where sum.is(KERNEL_SUM_INNER) {
          memory[Int(sum.dst)][operands[Int(sum.dst)].place(o, m, 0)] = 0
        }
        for i in 0..<inner { step(o, m, i, &memory) }
      }
    }
    return memory
  }

  private func step(_ o: Int, _ m: Int, _ i: Int, _ memory: inout [[Double]]) {
    var registers = [Double](repeating: 0, count: KERNEL_REGISTERS)
    for now in instructions {
      let (dst, a) = (Int(now.dst), Int(now.a))
      switch kernel_opcode(UInt32(now.opcode)) {
      case KERNEL_LOAD: registers[dst] = memory[a][operands[a].place(o, m, i)]
      case KERNEL_STORE: memory[dst][operands[dst].place(o, m, i)] = registers[a]
      case KERNEL_SUM: memory[dst][0] += registers[a]
      case KERNEL_SUM_INNER: memory[dst][operands[dst].place(o, m, 0)] += registers[a]
      default: registers[dst] = now.value(registers[a], registers[Int(now.b)])
      }
    }
  }
}
