import Tensors

extension Input: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws { planner.keep(planner.define(node, as: .plain)) }
}

extension Parameter: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws { planner.define(node, at: planner.values(of: self)) }
}

extension Constant: Lowerable {
  /// Written once, when the plan is made.
  func lower(_ node: Int, in planner: inout Planner) throws {
    let buffer = planner.define(node, as: .plain)
    planner.keep(buffer)
    let (value, count) = (value, shape.count)
    planner.emit("constant \(value)", reads: [], writes: [buffer]) { memory in
      memory[buffer].update(repeating: value, count: count)
      return NoStep()
    }
  }
}

extension RandomDraw: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let (output, scratch) = (planner.define(node), planner.newBuffer(kind == .permutation ? shape.count : 1))
    let (kind, purpose, count) = (kind, purpose, shape.count)
    planner.emit("\(kind) numbers for \(purpose)", reads: [], writes: [output], scratch: [scratch]) { memory in
      RandomStep(
        kind: kind, purpose: purpose, output: UnsafeMutableBufferPointer(start: memory[output], count: count),
        scratch: memory[scratch])
    }
  }
}

extension Iteration: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let output = planner.define(node)
    planner.emit("number of the iteration", reads: [], writes: [output]) { memory in
      IterationStep(output: memory[output])
    }
  }
}

/// Nothing to do when the plan runs.
struct NoStep: Step {
  func run(_ context: RunContext) {}
}

/// Writes the number of the run, counted from 1.
struct IterationStep: Step {
  let output: UnsafeMutablePointer<Float>

  func run(_ context: RunContext) { output.pointee = Float(context.step + 1) }
}
