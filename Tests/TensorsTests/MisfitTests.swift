import Tensors
import Testing

/// A wrong shape is a programmer's mistake, and ends the program where it is made instead of giving wrong numbers.
@Suite struct MisfitTests {
  @Test func `operands that do not stretch to each other are refused`() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph()
      _ = graph.input("a", [2, 3]) + graph.input("b", [2])
    }
  }

  @Test func `matrices that do not fit are refused`() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph()
      _ = graph.input("a", [2, 3]).matmul(graph.input("b", [2, 3]))
    }
  }

  @Test func `a kernel larger than the padded image is refused`() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph()
      let weights = graph.input("w", [1, 1, 5, 5])
      _ = graph.input("x", [1, 1, 2, 4]).convolved(with: weights, ConvolutionGeometry(stride: 2, padding: 1))
    }
  }

  @Test func `an axis that is not there is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Graph().input("x", [2, 3]).sum(along: [2]) }
  }

  @Test func `operands of different graphs are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Graph().input("x", [2]) + Graph().input("y", [2]) }
  }

  @Test func `a parameter asked for under another shape is refused`() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph()
      _ = graph.parameter("weight", [2, 3], .constant(0))
      _ = graph.parameter("weight", [3, 2], .constant(0))
    }
  }

  @Test func `a parameter that the store holds under another shape is refused`() async {
    await #expect(processExitsWith: .failure) {
      let store = ParameterStore()
      for shape: Shape in [[2, 3], [3, 2]] {
        let graph = Graph()
        _ = graph.parameter("weight", shape, .constant(0))
        store.add(parametersOf: graph, seed: 1)
      }
    }
  }
}
