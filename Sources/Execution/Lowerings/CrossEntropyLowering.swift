internal import CKernels
import Tensors

extension CrossEntropy: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let inputs = planner.survey.inputs(node)
    let sizes = planner.survey.shape(inputs[0])
    let (logits, targets) = (planner.buffer(of: inputs[0], as: .plain), planner.buffer(of: inputs[1], as: .plain))
    let output = planner.define(node)
    planner.emit("cross-entropy of \(sizes)", reads: [logits, targets], writes: [output]) { memory in
      CrossEntropyStep(
        output: memory[output], known: nil, logits: memory[logits], targets: memory[targets], outer: sizes[0],
        classes: sizes[1], inner: sizes[2])
    }
  }
}

extension CrossEntropyGradient: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let inputs = planner.survey.inputs(node).map { planner.buffer(of: $0, as: .plain) }
    let (output, sizes) = (planner.define(node), planner.survey.shape(node))
    planner.emit("gradient of a cross-entropy of \(sizes)", reads: inputs, writes: [output]) { memory in
      CrossEntropyStep(
        output: memory[output], known: (memory[inputs[0]], memory[inputs[3]]), logits: memory[inputs[1]],
        targets: memory[inputs[2]], outer: sizes[0], classes: sizes[1], inner: sizes[2])
    }
  }
}

/// Cross-entropies, or the gradient of the logits where they and their own gradient are known.
private struct CrossEntropyStep: Step {
  let output: UnsafeMutablePointer<Float>
  let known: (gradient: UnsafeMutablePointer<Float>, entropies: UnsafeMutablePointer<Float>)?
  let logits: UnsafeMutablePointer<Float>
  let targets: UnsafeMutablePointer<Float>
  let outer: Int
  let classes: Int
  let inner: Int

  func run(_ context: RunContext) {
    if let known {
      kernel_cross_entropy_gradient(output, known.gradient, known.entropies, logits, targets, outer, classes, inner)
    } else {
      kernel_cross_entropy(output, logits, targets, outer, classes, inner)
    }
  }
}
