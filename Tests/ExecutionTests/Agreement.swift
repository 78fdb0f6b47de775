import Execution
import NaiveTwin
import Tensors
import Testing

/// What float32 may lose: its unit roundoff is 6 · 10⁻⁸, the kernels' functions are good to some units, and sums of up
/// to a few thousand terms that cancel lose a digit more, all relative to the largest element of a tensor or to one.
let floatTolerance = 5e-6

extension CPUExecutor {
  /// The values of tensors after one run with the inputs of a point.
  func evaluate(
    _ outputs: [Tensor], at point: Point, parameters: ParameterStore, seed: UInt64 = 0, step: UInt64 = 0
  ) throws -> [[Float]] {
    guard let graph = outputs.first?.graph else { return [] }
    let named = outputs.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    let executable = try compile(Program(graph: graph, outputs: named), parameters: parameters)
    executable.fill(from: point, inputsOf: outputs)
    executable.run(seed: seed, step: step)
    return outputs.indices.map { Array(executable.output("\($0)")) }
  }
}

extension Executable {
  /// Writes those inputs of a point that the outputs depend on.
  func fill(from point: Point, inputsOf outputs: [Tensor]) {
    for tensor in inputs(of: outputs) {
      guard let leaf = tensor.node.operation as? Input else { continue }
      _ = input(leaf.name).update(fromContentsOf: point[tensor].map(Float.init))
    }
  }
}

/// The inputs that tensors depend on.
private func inputs(of outputs: [Tensor]) -> [Tensor] {
  var seen: Set<Int> = []
  var pending = outputs
  var inputs: [Tensor] = []
  while let tensor = pending.popLast() {
    guard seen.insert(tensor.index).inserted else { continue }
    if tensor.node.operation is Input { inputs.append(tensor) }
    pending += tensor.inputs
  }
  return inputs
}

/// Records an issue for every tensor that differs from the twin's by more than the tolerance.
func expectAgreement(
  _ values: [[Float]], _ expected: [[Double]], tolerance: Double = floatTolerance, of names: [String] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.map(\.count) == expected.map(\.count), sourceLocation: sourceLocation)
  for (index, (got, want)) in zip(values, expected).enumerated() {
    let scale = 1 + (want.map(abs).max() ?? 0)
    let worst = zip(got, want).map { abs(Double($0) - $1) }.enumerated().max { $0.element < $1.element }
    let isClose = got.allSatisfy(\.isFinite) && (worst?.element ?? 0) <= tolerance * scale
    let name = names.indices.contains(index) ? names[index] : "output \(index)"
    let place = worst?.offset ?? 0
    #expect(
      isClose, "\(name) differs at \(place): \(got[place]) instead of \(want[place]), of \(scale) at most",
      sourceLocation: sourceLocation)
  }
}
