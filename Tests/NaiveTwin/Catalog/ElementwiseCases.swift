import Tensors

extension OperationCatalog {
  static let leaves: [CatalogCase] = [
    CatalogCase("constant", .real([2, 3])) { $0[0] * $0[0].graph.constant(1.5, [2, 3]) },
    CatalogCase("constant, scalar", .real([2, 3])) { $0[0] - $0[0].graph.constant(0.25) },
    CatalogCase("iteration", .real([2, 3])) { $0[0] * $0[0].graph.iteration },
    CatalogCase("normal draw", .real([3, 37])) { $0[0] * $0[0].graph.normal([3, 37], purpose: "noise") },
    CatalogCase("normal draws, two of one purpose", .real([9])) { x in
      x[0] * x[0].graph.normal([9], purpose: "noise") + x[0].graph.normal([9], purpose: "noise")
    },
    CatalogCase("parameter", .real([2, 3])) { x in
      let weight = x[0].graph.parameter("weight", [3], .normal(deviation: 1))
      return x[0] * weight + weight.square
    },
    CatalogCase("permutation draw", .real([11, 3])) { $0[0].gather($0[0].graph.permutation(11, purpose: "order")) },
    CatalogCase("uniform draw", .real([41])) { $0[0] * $0[0].graph.uniform([41], purpose: "noise") },
  ]

  static let unary: [CatalogCase] = [
    CatalogCase("absolute", .apart([3, 37])) { $0[0].absolute },
    CatalogCase("affine", .real([3, 37])) { $0[0].affine(-1.75, 0.5) },
    CatalogCase("affine, shift only", .real([3, 37])) { $0[0] + 0.75 },
    // The signs do not move with x: what is detached has no slope to be compared with.
    CatalogCase("detached", .apart([3, 37])) { $0[0] * $0[0].sign.detached },
    CatalogCase("digamma", .real([3, 37], in: 0.25...12)) { $0[0].digamma },
    CatalogCase("exp", .real([3, 37], in: -4...4)) { $0[0].exp },
    CatalogCase("leaky relu", .apart([3, 37])) { $0[0].leakyReLU(slope: 0.2) },
    CatalogCase("leaky step", .apart([3, 37])) { $0[0].map(.leakyStep(slope: 0.2)) },
    CatalogCase("log", .real([3, 37], in: 0.25...4)) { $0[0].log },
    CatalogCase("log of one plus", .real([3, 37], in: -0.75...4)) { $0[0].logOnePlus },
    CatalogCase("log of one plus a little", .real([3, 37], in: -0.0001...0.0001)) { $0[0].logOnePlus },
    CatalogCase("log-gamma", .real([3, 37], in: 0.25...12)) { $0[0].logGamma },
    CatalogCase("negation", .real([3, 37])) { -$0[0] },
    CatalogCase("reciprocal", .real([3, 37], in: 0.5...2)) { $0[0].reciprocal },
    CatalogCase("reciprocal of negative numbers", .real([3, 37], in: -2 ... -0.5)) { $0[0].reciprocal },
    CatalogCase("relu", .apart([3, 37])) { $0[0].relu },
    CatalogCase("sigmoid", .real([3, 37])) { $0[0].sigmoid },
    CatalogCase("sigmoid far out", .real([3, 37], in: -30...30)) { $0[0].sigmoid },
    CatalogCase("sign", .apart([3, 37])) { $0[0].sign },
    CatalogCase("soft clip", .real([3, 37], in: -12...0)) { $0[0].softClipped(above: -6) },
    CatalogCase("softplus", .real([3, 37])) { $0[0].softplus },
    CatalogCase("softplus far out", .real([3, 37], in: -30...30)) { $0[0].softplus },
    CatalogCase("square", .real([3, 37])) { $0[0].square },
    CatalogCase("square of a scalar", .real([])) { $0[0].square },
    CatalogCase("square root", .real([3, 37], in: 0.25...4)) { $0[0].squareRoot },
    CatalogCase("tanh", .real([3, 37])) { $0[0].tanh },
    CatalogCase("tanh far out", .real([3, 37], in: -10...10)) { $0[0].tanh },
  ]

  static let binary: [CatalogCase] = [
    CatalogCase("add", .real([3, 37]), .real([3, 37])) { $0[0] + $0[1] },
    CatalogCase("add, left repeated per row", .real([37]), .real([3, 37])) { $0[0] + $0[1] },
    CatalogCase("add, right repeated per row", .real([3, 37]), .real([37])) { $0[0] + $0[1] },
    CatalogCase("add, both repeated", .real([3, 1]), .real([1, 37])) { $0[0] + $0[1] },
    CatalogCase("add, to itself", .real([3, 5])) { $0[0] + $0[0] },
    CatalogCase("at least", .apart([3, 5], shift: 0.25), .apart([3, 5], shift: 0.75)) { $0[0].atLeast($0[1]) },
    CatalogCase("at least, repeated", .apart([3, 1], shift: 0.25), .apart([5], shift: 0.75)) { $0[0].atLeast($0[1]) },
    CatalogCase("divide", .real([3, 37]), .real([3, 37], in: 0.5...2)) { $0[0] / $0[1] },
    CatalogCase("divide by a number per column", .real([3, 37]), .real([37], in: 0.5...2)) { $0[0] / $0[1] },
    CatalogCase("divide by a number per row", .real([3, 37]), .real([3, 1], in: 0.5...2)) { $0[0] / $0[1] },
    CatalogCase("divide one by many", .real([1]), .real([3, 37], in: 0.5...2)) { $0[0] / $0[1] },
    CatalogCase("maximum", .apart([3, 5], shift: 0.25), .apart([3, 5], shift: 0.75)) { $0[0].maximum($0[1]) },
    CatalogCase("maximum, repeated", .apart([3, 1], shift: 0.25), .apart([5], shift: 0.75)) { $0[0].maximum($0[1]) },
    CatalogCase("multiply", .real([3, 37]), .real([3, 37])) { $0[0] * $0[1] },
    CatalogCase("multiply by a number per channel", .real([2, 3, 4, 5]), .real([3, 1, 1])) { $0[0] * $0[1] },
    CatalogCase("multiply by a number per image", .real([2, 3, 4, 5]), .real([2, 1, 1, 1])) { $0[0] * $0[1] },
    CatalogCase("multiply by a number per place", .real([2, 3, 4, 5]), .real([1, 1, 4, 5])) { $0[0] * $0[1] },
    CatalogCase("multiply by a scalar", .real([3, 37]), .real([])) { $0[0] * $0[1] },
    CatalogCase("multiply, every other axis repeated", .real([2, 1, 4, 1]), .real([3, 1, 5])) { $0[0] * $0[1] },
    CatalogCase("multiply, scalars", .real([]), .real([])) { $0[0] * $0[1] },
    CatalogCase("multiply, with itself", .real([3, 5])) { $0[0] * $0[0] },
    CatalogCase("subtract", .real([3, 37]), .real([3, 37])) { $0[0] - $0[1] },
    CatalogCase("subtract, left repeated", .real([1, 37]), .real([3, 37])) { $0[0] - $0[1] },
    CatalogCase("subtract, right repeated", .real([3, 37]), .real([3, 1])) { $0[0] - $0[1] },
  ]
}
