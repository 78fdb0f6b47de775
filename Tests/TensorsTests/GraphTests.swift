import Tensors
import Testing

@Suite struct GraphTests {
  private let graph = Graph()

  @Test func `a parameter asked for twice is the same node`() {
    let first = graph.parameter("weight", [2, 3], .uniform(fanIn: 3))
    let other = graph.parameter("bias", [2], .constant(0))
    let again = graph.parameter("weight", [2, 3], .uniform(fanIn: 3))
    #expect(first.index == again.index)
    #expect(first.index != other.index)
    #expect(graph.parameters.map(\.index) == [first.index, other.index])
  }

  @Test func `an input asked for twice is the same node`() {
    #expect(graph.input("x", [2, 3]).index == graph.input("x", [2, 3]).index)
    #expect(graph.input("x", [2, 3]).index != graph.input("y", [2, 3]).index)
  }

  @Test func `a graph that nobody holds any more is gone`() {
    weak var gone: Graph?
    do {
      let graph = Graph()
      gone = graph
      let loss = (graph.input("x", [3]) * graph.parameter("p", [3], .constant(1))).sum()
      #expect(gone === loss.graph)
    }
    #expect(gone == nil)
  }

  @Test func `a node reads only earlier ones`() {
    let x = graph.input("x", [3])
    let loss = (x.exp / (x.square + 1)).sum()
    _ = graph.gradients(of: loss, withRespectTo: [x])
    for (index, node) in graph.nodes.enumerated() {
      #expect(node.inputs.allSatisfy { $0 < index })
    }
  }

  @Test func `no two draws have the same purpose`() {
    for purpose in ["noise", "noise", "noise/1", "noise", "noise/1", "noise/2"] {
      _ = graph.normal([1], purpose: purpose)
    }
    let purposes = graph.nodes.compactMap { ($0.operation as? RandomDraw)?.purpose }
    #expect(Set(purposes).count == 6)
    #expect(purposes.first == "noise")
  }

  @Test func `what changes nothing leaves no node`() {
    let x = graph.input("x", [2, 3])
    let unchanged = [
      x.reshaped([2, 3]), x.stretched(to: [2, 3]), x.sum(along: []), x.slice(axis: 1, 0..<3), x.leakyReLU(slope: 1),
    ]
    #expect(unchanged.allSatisfy { $0.index == x.index })
    #expect(graph.nodes.count == 1)
  }

  @Test func `an update has one gradient of the right shape for each parameter`() {
    let weight = graph.parameter("weight", [3, 2], .uniform(fanIn: 3))
    let bias = graph.parameter("bias", [2], .constant(0))
    let loss = (graph.input("x", [5, 3]).matmul(weight) + bias).square.mean()
    let update = Update(of: [bias, weight], toLessen: loss, by: Adam(rate: 1e-3))
    #expect(update.gradients.map(\.shape) == [[2], [3, 2]])
  }
}
