import Execution
import NaiveTwin
import Tensors
import Testing

/// More work than one fused pass can hold.
@Suite struct CrowdedPassTests {
  @Test(arguments: [8, 23, 24, 25, 60])
  func `values that all live at once are computed right, however many`(count: Int) throws {
    let graph = Graph()
    let x = graph.input("x", [3, 5])
    let many = (0..<count).map { (x * Float($0 + 1)).tanh }
    // First with last, second with last but one: each pair waits for both ends.
    let pairs = zip(many, many.reversed()).map { $0 * $1 }
    let total = pairs.dropFirst().reduce(pairs[0]) { $0 + $1 }
    try expectAgreement(of: [total, total.sum()], in: graph)
  }

  @Test func `a pass may read and write more tensors than it has registers`() throws {
    let graph = Graph()
    let inputs = (0..<40).map { graph.input("x\($0)", [2, 7]) }
    let sums = inputs.indices.dropFirst().map { inputs[$0] * inputs[$0 - 1] }
    let total = sums.dropFirst().reduce(sums[0]) { $0 + $1 }
    try expectAgreement(of: sums + [total], in: graph)
  }

  @Test func `operands that repeat along every pattern meet in one pass`() throws {
    let graph = Graph()
    let shapes: [Shape] = [
      [2, 3, 4, 5], [1, 3, 4, 5], [2, 1, 4, 5], [2, 3, 1, 5], [2, 3, 4, 1], [3, 1, 5], [4, 1], [2, 1, 4, 1], [5], [],
    ]
    let inputs = shapes.enumerated().map { graph.input("x\($0)", $1) }
    let total = inputs.dropFirst().reduce(inputs[0]) { $0.tanh * 0.5 + $1 }
    let gradients = graph.gradients(of: total.square.mean(), withRespectTo: inputs)
    try expectAgreement(
      of: [total, total.sum(along: [3]), total.sum(along: [2, 3]), total.sum()] + gradients, in: graph)
  }

  @Test func `a deep graph is planned and run`() throws {
    let graph = Graph()
    let x = graph.input("x", [4, 4])
    let weight = graph.input("w", [4, 4])
    let end = (0..<300).reduce(x) { tensor, _ in tensor.matmul(weight).tanh + x }
    let gradients = graph.gradients(of: end.sum(), withRespectTo: [x, weight])
    try expectAgreement(of: [end] + gradients, in: graph)
  }

  private func expectAgreement(
    of outputs: [Tensor], in graph: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var point = Point(inputs: [:])
    for (index, node) in graph.nodes.enumerated() {
      guard let input = node.operation as? Input else { continue }
      point.inputs[input.name] = Generator(seed: UInt64(index)).uniforms(node.shape.count).map { Double($0 - 0.5) }
    }
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: ParameterStore())
    ExecutionTests.expectAgreement(values, NaiveTwin.evaluate(outputs, at: point), sourceLocation: sourceLocation)
  }
}
