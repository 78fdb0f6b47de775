internal import CKernels

/// One pass over tensors that computes a chain of elementwise operations and sums in registers.
struct FusedStep: Step {
  private let instructions: [kernel_instruction]
  private let operands: [kernel_operand]
  private let space: IterationSpace

  init(instructions: [kernel_instruction], space: IterationSpace, bases: [UnsafeMutablePointer<Float>]) {
    self.instructions = instructions
    self.space = space
    operands = zip(bases, space.strides).map { base, strides in
      kernel_operand(base: base, outer: strides.outer, middle: strides.middle, inner: strides.inner)
    }
  }

  func run(_ context: RunContext) {
    instructions.withUnsafeBufferPointer { instructions in
      operands.withUnsafeBufferPointer { operands in
        kernel_fused(
          instructions.baseAddress, instructions.count, operands.baseAddress, operands.count, space.outer,
          space.middle, space.inner)
      }
    }
  }
}
