package import Tensors

/// Values for the inputs and parameters of a graph: a place at which to evaluate it.
package struct Point: Sendable {
  package var inputs: [String: [Double]]
  package var parameters: [String: [Double]]

  package init(inputs: [String: [Double]], parameters: [String: [Double]] = [:]) {
    self.inputs = inputs
    self.parameters = parameters
  }

  /// Values for the inputs, beside the trained values that a store holds now.
  package init(inputs: [String: [Double]], parametersOf store: ParameterStore) {
    let values = store.slices.map { ($0.name, store.values($0.name).map(Double.init)) }
    self.init(inputs: inputs, parameters: Dictionary(uniqueKeysWithValues: values))
  }

  /// The values of an input or parameter.
  package subscript(leaf: Tensor) -> [Double] {
    get {
      switch leaf.node.operation {
      case let input as Input: inputs[input.name] ?? []
      case let parameter as Parameter: parameters[parameter.name] ?? []
      default: preconditionFailure("\(leaf.node.operation) has no value at a point")
      }
    }
    set {
      switch leaf.node.operation {
      case let input as Input: inputs[input.name] = newValue
      case let parameter as Parameter: parameters[parameter.name] = newValue
      default: preconditionFailure("\(leaf.node.operation) has no value at a point")
      }
    }
  }

  /// This point with one leaf moved by `distance` times a direction.
  package func moving(_ leaf: Tensor, along direction: [Double], by distance: Double) -> Point {
    var moved = self
    moved[leaf] = zip(self[leaf], direction).map { $0 + distance * $1 }
    return moved
  }
}

extension NaiveTwin {
  /// The values of the outputs at a point.
  package static func evaluate(
    _ outputs: [Tensor], at point: Point, seed: UInt64 = 0, step: UInt64 = 0
  ) -> [[Double]] {
    evaluate(outputs, inputs: point.inputs, parameters: point.parameters, seed: seed, step: step)
  }

  /// How fast a scalar grows as a leaf moves along a direction, by central differences.
  ///
  /// With the step of 10⁻⁵ the rule's own error (h²/6 times the third derivative) and the rounding (the scalar's
  /// 10⁻¹⁶ over h) are both near 10⁻¹¹ of numbers of the order of one.
  package static func slope(
    of scalar: Tensor, along direction: [Double], of leaf: Tensor, at point: Point, seed: UInt64 = 0
  ) -> Double {
    let distance = 1e-5
    let ends = [distance, -distance].map { step in
      evaluate([scalar], at: point.moving(leaf, along: direction, by: step), seed: seed)[0][0]
    }
    return (ends[0] - ends[1]) / (2 * distance)
  }
}
