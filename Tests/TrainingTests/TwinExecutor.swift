import Foundation
import NaiveTwin
import Tensors

/// Runs programs by the naive twin, in double precision, with Adam written out: what a training should come to.
struct TwinExecutor: Executor {
  func compile(_ program: Program, parameters: ParameterStore) throws -> any Executable {
    TwinExecutable(program, parameters)
  }
}

private final class TwinExecutable: Executable {
  private let program: Program
  private let store: ParameterStore
  private var inputs: [String: UnsafeMutableBufferPointer<Float>] = [:]
  private var outputs: [String: UnsafeMutableBufferPointer<Float>] = [:]
  /// Parameters and Adam's two moments, by name.
  private var weights: [String: [Double]] = [:]
  private var firstMoments: [String: [Double]] = [:]
  private var secondMoments: [String: [Double]] = [:]

  init(_ program: Program, _ store: ParameterStore) {
    self.program = program
    self.store = store
    for node in program.graph.nodes {
      if let input = node.operation as? Input { inputs[input.name] = .allocate(capacity: input.shape.count) }
    }
    for (name, tensor) in program.outputs { outputs[name] = .allocate(capacity: tensor.shape.count) }
    for slice in store.slices {
      weights[slice.name] = store.values(slice.name).map(Double.init)
      firstMoments[slice.name] = Array(repeating: 0, count: slice.shape.count)
      secondMoments[slice.name] = Array(repeating: 0, count: slice.shape.count)
    }
  }

  deinit {
    for buffer in inputs.values { buffer.deallocate() }
    for buffer in outputs.values { buffer.deallocate() }
  }

  func input(_ name: String) -> UnsafeMutableBufferPointer<Float> { inputs[name] ?? .init(start: nil, count: 0) }

  func output(_ name: String) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(outputs[name] ?? .init(start: nil, count: 0))
  }

  func run(seed: UInt64, step: UInt64) {
    takeUpOthersUpdates()
    let values = NaiveTwin.evaluate(
      program.wanted, inputs: inputs.mapValues { $0.map(Double.init) }, parameters: weights, seed: seed, step: step)
    for (name, value) in zip(program.outputs.map(\.name), values) {
      _ = outputs[name]?.update(fromContentsOf: value.map(Float.init))
    }
    let rest = values.dropFirst(program.outputs.count)
    for (assignment, value) in zip(program.graph.assignments, rest) {
      guard let leaf = assignment.state.node.operation as? Parameter else { continue }
      weights[leaf.name] = value
      _ = store.values(leaf.name).update(fromContentsOf: value.map(Float.init))
    }
    guard let update = program.update else { return }
    for (tensor, gradient) in zip(update.parameters, rest.dropFirst(program.graph.assignments.count)) {
      guard let leaf = tensor.node.operation as? Parameter else { continue }
      descend(leaf.name, gradient, update.optimizer, count: Double(step + 1))
    }
  }

  /// Other programs over the store may have changed it; what this one left there keeps its double precision.
  private func takeUpOthersUpdates() {
    for slice in store.slices {
      for (index, value) in store.values(slice.name).enumerated() {
        guard let known = weights[slice.name]?[index], Float(known) != value else { continue }
        weights[slice.name]?[index] = Double(value)
      }
    }
  }

  /// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
  private func descend(_ name: String, _ gradient: [Double], _ adam: Adam, count: Double) {
    let (beta1, beta2) = (Double(adam.beta1), Double(adam.beta2))
    for (index, slope) in gradient.enumerated() {
      let first = beta1 * (firstMoments[name]?[index] ?? 0) + (1 - beta1) * slope
      let second = beta2 * (secondMoments[name]?[index] ?? 0) + (1 - beta2) * slope * slope
      let deviation = (second / (1 - pow(beta2, count))).squareRoot() + Double(adam.epsilon)
      weights[name]?[index] -= Double(adam.rate) * first / (1 - pow(beta1, count)) / deviation
      firstMoments[name]?[index] = first
      secondMoments[name]?[index] = second
    }
    _ = store.values(name).update(fromContentsOf: (weights[name] ?? []).map(Float.init))
  }
}
