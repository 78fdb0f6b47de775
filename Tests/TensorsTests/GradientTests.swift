import NaiveTwin
import Tensors
import Testing

/// Central differences are good to about 10⁻¹¹ of the numbers they subtract (see `NaiveTwin.slope`); three more digits
/// are left for third derivatives and for the sums of squares of the second order.
private let tolerance = 1e-8

/// The gradient is compared along a random direction of each leaf at a time: a gradient that is wrong anywhere agrees
/// along a random direction with probability zero.
@Suite struct GradientTests {
  @Test(arguments: OperationCatalog.all)
  func `the gradient agrees with finite differences`(entry: CatalogCase) {
    let trace = entry.traced()
    expectSlopes(of: trace.loss, match: trace.gradients, at: trace.variables, point: entry.point(1))
  }

  @Test(arguments: OperationCatalog.all.filter(\.isTwiceDifferentiable))
  func `the gradient of the squared gradient agrees with finite differences`(entry: CatalogCase) {
    let trace = entry.traced()
    let squares = trace.gradients.map { $0.square.sum() }
    let zero = trace.graph.constant(0)
    let loss = squares.reduce(zero, +)
    let gradients = trace.graph.gradients(of: loss, withRespectTo: trace.variables)
    expectSlopes(of: loss, match: gradients, at: trace.variables, point: entry.point(2))
  }

  @Test func `nothing flows back through a maximum along axes`() {
    let graph = Graph()
    let x = graph.input("x", [2, 3])
    let gradient = graph.gradients(of: x.maximum(along: [1]).sum(), withRespectTo: [x])
    #expect(NaiveTwin.evaluate(gradient, inputs: ["x": [1, 2, 3, 4, 5, 6]]) == [Array(repeating: 0, count: 6)])
  }

  @Test func `nothing flows back through what is detached`() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let gradient = graph.gradients(of: (x.square.detached * x).sum(), withRespectTo: [x])
    #expect(NaiveTwin.evaluate(gradient, inputs: ["x": [3, -2]]) == [[9, 4]])
  }

  @Test func `a tensor that the loss does not depend on has the gradient zero`() {
    let graph = Graph()
    let (used, unused) = (graph.input("used", [2]), graph.input("unused", [3]))
    let gradients = graph.gradients(of: used.square.sum(), withRespectTo: [used, unused])
    #expect(NaiveTwin.evaluate(gradients, inputs: ["used": [1, -2]]) == [[2, -4], [0, 0, 0]])
  }

  @Test func `a tensor written after the loss has the gradient zero`() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let loss = x.sum()
    #expect(NaiveTwin.evaluate(graph.gradients(of: loss, withRespectTo: [x.square])) == [[0, 0]])
  }

  @Test func `the gradient of the loss with respect to itself is one`() {
    let graph = Graph()
    let loss = graph.input("x", [3]).sum()
    #expect(NaiveTwin.evaluate(graph.gradients(of: loss, withRespectTo: [loss])) == [[1]])
  }

  @Test func `a value on the way has a gradient too, and passes it on`() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let middle = x * 3
    let gradients = graph.gradients(of: middle.square.sum(), withRespectTo: [middle, x])
    #expect(NaiveTwin.evaluate(gradients, inputs: ["x": [1, 2]]) == [[6, 12], [18, 36]])
  }

  @Test func `contributions along different ways add up`() {
    let graph = Graph()
    let x = graph.input("x", [])
    let loss = x * x * x + x.exp * 2 + x
    let gradient = graph.gradients(of: loss, withRespectTo: [x])
    #expect(NaiveTwin.evaluate(gradient, inputs: ["x": [0]]) == [[3]])
  }

  @Test func `a chain of ten thousand operations is no deeper than one`() {
    let graph = Graph()
    let x = graph.input("x", [])
    let end = (0..<10_000).reduce(x) { tensor, _ in tensor.affine(-1, 1) }
    let gradient = graph.gradients(of: end, withRespectTo: [x])
    #expect(NaiveTwin.evaluate([end] + gradient, inputs: ["x": [0.25]]) == [[0.25], [1]])
  }

  private func expectSlopes(
    of loss: Tensor, match gradients: [Tensor], at leaves: [Tensor], point: Point,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let values = NaiveTwin.evaluate([loss] + gradients, at: point)
    for (index, leaf) in leaves.enumerated() {
      let generator = Generator(seed: 3).split(UInt64(index))
      let direction = generator.uniforms(leaf.shape.count).map { Double(2 * $0 - 1) }
      let terms = zip(values[index + 1], direction).map { $0 * $1 }
      let slope = NaiveTwin.slope(of: loss, along: direction, of: leaf, at: point)
      let scale = 1 + abs(values[0][0]) + terms.map(abs).reduce(0, +)
      let sum = terms.reduce(0, +)
      #expect(
        abs(slope - sum) <= tolerance * scale, "\(leaf.node.operation): finite differences \(slope), gradient \(sum)",
        sourceLocation: sourceLocation)
    }
  }
}
