import Tensors

/// What is done to a layer's weights before they are used.
package enum WeightNormalization: Hashable, Sendable {
  case none
  /// Divided by an estimate of their largest singular value (Miyato et al. 2018, Algorithm 1), without a learned scale.
  ///
  /// The weights are seen as a matrix W `[outputs, everything else]`. Each forward pass does one step of a power
  /// iteration, v ← u W / ‖u W‖ and u ← v Wᵀ / ‖v Wᵀ‖, from the u that is kept in the state `<name>.weight_u`;
  /// σ = v Wᵀ uᵀ. No gradient flows through u and v. While training the new u is kept, outside of it not.
  case spectral

  /// The weights `[outputs, …]` as the layer is to use them.
  func normalized(_ weight: Tensor, name: String) -> Tensor {
    guard self == .spectral else { return weight }
    let iteration = PowerIteration(weight, name: name)
    return weight / iteration.singularValue(iteration.v.matmul(weight.flattened, transposed: (false, true)))
  }

  /// x · Wᵀ with the weights `[outputs, inputs]` as the layer is to use them.
  ///
  /// The product is divided instead of the many weights, and v is a further row of x: what both contribute to the
  /// weights' gradient is then one product.
  func product(_ x: Tensor, _ weight: Tensor, name: String) -> Tensor {
    guard self == .spectral else { return x.matmul(weight, transposed: (false, true)) }
    let iteration = PowerIteration(weight, name: name)
    let count = x.shape[0]
    let rows = Tensor.concatenate([x, iteration.v], axis: 0).matmul(weight, transposed: (false, true))
    return rows.slice(axis: 0, 0..<count) / iteration.singularValue(rows.slice(axis: 0, count..<(count + 1)))
  }
}

/// One step of the power iteration that estimates the largest singular value of a layer's weights.
private struct PowerIteration {
  /// The direction of u W, `[1, everything else]`, through which no gradient flows.
  let v: Tensor
  private let kept: Tensor

  init(_ weight: Tensor, name: String) {
    let matrix = weight.flattened
    kept = weight.graph.state(name + ".weight_u", [1, matrix.shape[0]], .normal(deviation: 1))
    v = Self.direction(of: kept.matmul(matrix).detached)
  }

  /// σ, given v Wᵀ `[1, outputs]`; while training, the new u is kept.
  func singularValue(_ image: Tensor) -> Tensor {
    let u = Self.direction(of: image.detached)
    if kept.graph.isTraining { kept.graph.assign(kept, u) }
    return (image * u).sum()
  }

  /// x / ‖x‖
  private static func direction(of x: Tensor) -> Tensor { x / (x.square.sum().squareRoot + 1e-12) }
}
