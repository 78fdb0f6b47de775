import Tensors

/// What is done to a layer's weights before they are used.
package enum WeightNormalization: Hashable, Sendable {
  case none
  /// Divided by an estimate of their largest singular value (Miyato et al. 2018, Algorithm 1), without a learned scale.
  ///
  /// The weights are seen as a matrix W `[outputs, everything else]`. Each forward pass does one step of a power
  /// iteration, v ← u W / ‖u W‖ and u ← v Wᵀ / ‖v Wᵀ‖, from the u that is kept in the state `<name>.weight_u`; σ = v Wᵀ uᵀ.
  /// No gradient flows through u and v. While training the new u is kept, outside of it not.
  case spectral

  /// The weights `[outputs, …]` as the layer is to use them.
  func normalized(_ weight: Tensor, name: String) -> Tensor {
    scale(of: weight, name: name).map { weight * $0 } ?? weight
  }

  /// The number that the weights are to be multiplied by, `nil` for one.
  ///
  /// A layer whose results are fewer than its weights multiplies the results instead: it is linear in the weights.
  func scale(of weight: Tensor, name: String) -> Tensor? {
    switch self {
    case .none: nil
    case .spectral: Self.largestSingularValue(of: weight, name: name).reciprocal
    }
  }

  private static func largestSingularValue(of weight: Tensor, name: String) -> Tensor {
    let graph = weight.graph
    let matrix = weight.flattened
    let kept = graph.state(name + ".weight_u", [1, matrix.shape[0]], .normal(deviation: 1))
    let v = direction(of: kept.matmul(matrix.detached))
    let image = v.matmul(matrix, transposed: (false, true))
    let u = direction(of: image.detached)
    if graph.isTraining { graph.assign(kept, u) }
    return (image * u).sum()
  }

  /// x / ‖x‖
  private static func direction(of x: Tensor) -> Tensor { x / (x.square.sum().squareRoot + 1e-12) }
}
