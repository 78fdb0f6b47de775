internal import Tensors

/// One planar flow f(z) = z + û tanh(w·z + b): it moves codes along û by how far they are across the plane w·z = −b.
///
/// û = u + (m(w·u) − w·u) w / ‖w‖² has w·û = m(w·u) > −1, which makes f invertible (Rezende and Mohamed 2015, Appendix
/// A.1). The paper's m(a) = −1 + log(1 + eᵃ) is shifted here so that m(0) = 0: at u = 0 the layer is the identity, and
/// m still takes every value above −1.
package struct PlanarLayer: Sendable {
  package let name: String
  /// The number L of dimensions of a code.
  package let width: Int

  /// m⁻¹(0) of the paper's m: log(e − 1).
  private static let shift: Float = 0.541_324_85
  /// Bisections, which leave 2⁻¹⁶ of a bracket of width 2 |w·û|, and then Newton steps, each of which squares that.
  private static let (bisections, newtonSteps) = (16, 2)

  /// One layer of z₀ = g(z), `[batch, L]` to `[batch, L]`, and log |1 + w·û (1 − tanh²)|, `[batch, 1]`.
  func towardsGeneration(_ codes: Tensor) -> (codes: Tensor, logDeterminants: Tensor) {
    let plane = Plane(self, codes.graph)
    let bend = (plane.distance(codes) + plane.bias).tanh
    return (codes + plane.push * bend, (plane.steepness * bend.square.affine(-1, 1)).logOnePlus)
  }

  /// The inverse of the same, `[batch, L]` to `[batch, L]`.
  ///
  /// With α = w·z and y = f(z), w·y = α + (w·û) tanh(α + b): one growing function of one unknown. Its root is searched
  /// without gradients; the last Newton step, with a slope taken for a constant, has the gradient of the implicit
  /// function.
  func towardsRepresentation(_ codes: Tensor) -> Tensor {
    let plane = Plane(self, codes.graph)
    let target = plane.distance(codes)
    var root = bracketedRoot(plane.detached, target.detached)
    for _ in 1..<Self.newtonSteps { root = newtonStep(from: root, plane.detached, target.detached) }
    root = newtonStep(from: root, plane, target)
    return codes - plane.push * (root + plane.bias).tanh
  }

  /// α to 2⁻¹⁶ of the bracket w·y ± |w·û|, in the middle of what is left.
  private func bracketedRoot(_ plane: Plane, _ target: Tensor) -> Tensor {
    var middle = target
    for step in 0..<Self.bisections {
      let isBelow = target.atLeast(plane.image(of: middle))
      let stride = plane.steepness.absolute * Float(sign: .plus, exponent: -step - 1, significand: 1)
      middle = middle + stride * isBelow.affine(2, -1)
    }
    return middle
  }

  /// α − (F(α) − w·y) / F′(α), without a gradient through F′.
  private func newtonStep(from root: Tensor, _ plane: Plane, _ target: Tensor) -> Tensor {
    let bend = (root + plane.bias).tanh.detached
    let slope = (plane.detached.steepness * bend.square.affine(-1, 1) + 1).maximum(root.graph.constant(1e-6))
    return root - (plane.image(of: root) - target) / slope
  }

  /// The parameters as they are used, each `[1, L]` or a scalar.
  private struct Plane {
    /// w
    let normal: Tensor
    /// û
    let push: Tensor
    /// b
    let bias: Tensor
    /// w·û, above −1.
    let steepness: Tensor

    init(normal: Tensor, push: Tensor, bias: Tensor, steepness: Tensor) {
      (self.normal, self.push, self.bias, self.steepness) = (normal, push, bias, steepness)
    }

    init(_ layer: PlanarLayer, _ graph: Graph) {
      let parameter = { (part: String, shape: Shape) in
        graph.parameter("\(layer.name).\(part)", shape, .uniform(fanIn: layer.width))
      }
      let (w, u) = (parameter("normal", [1, layer.width]), parameter("push", [1, layer.width]))
      let product = (w * u).sum()
      let steepness = (product + PlanarLayer.shift).softplus - 1
      let push = u + (steepness - product) * w / (w.square.sum() + 1e-12)
      self.init(normal: w, push: push, bias: parameter("bias", .scalar), steepness: steepness)
    }

    /// The same numbers, taken for constants by gradients.
    var detached: Plane {
      Plane(normal: normal.detached, push: push.detached, bias: bias.detached, steepness: steepness.detached)
    }

    /// w·z of codes `[batch, L]`: `[batch, 1]`.
    func distance(_ codes: Tensor) -> Tensor { (codes * normal).sum(along: [1]) }

    /// F(α) = α + (w·û) tanh(α + b), which is w·f(z) where α is w·z.
    func image(of distance: Tensor) -> Tensor { distance + steepness * (distance + bias).tanh }
  }
}
