import AllocationCounter
import Execution
import NaiveTwin
import Tensors
import Testing

/// A plan that has run once runs again without asking the heap for anything.
///
/// oneDNN's execution allocates by itself: it copies the arguments of a primitive into a hash map on each call, which no
/// function of its interface avoids. These allocations are counted apart, and bounded.
///
/// Of optimised code only: what the compiler leaves in a debug build boxes closures on the heap. `make test-allocations`.
@Suite(.disabled(if: _isDebugAssertConfiguration(), "the heap is left alone by optimised code only"))
struct AllocationTests {
  /// What oneDNN 2.6 makes for one execution: a node for each of up to five arguments, the map's buckets, and what it
  /// keeps while it runs.
  private static let allocationsOfOneDNN = 10

  private func counted(_ body: () -> Void) -> allocation_counts {
    allocation_counter_start()
    body()
    return allocation_counter_stop()
  }

  @Test func `the counter counts`() {
    var kept: [[Int]] = []
    kept.reserveCapacity(3)
    let counts = counted { for count in 1...3 { kept.append(Array(repeating: count, count: 100 * count)) } }
    #expect(counts.ours == 3)
    #expect(counts.onednn == 0 && counts.executions == 0)
    #expect(counted {}.ours == 0)
  }

  @Test(arguments: OperationCatalog.all)
  func `no step of any operation or gradient allocates`(entry: CatalogCase) throws {
    let trace = entry.traced()
    let store = ParameterStore()
    store.add(parametersOf: trace.graph, seed: 1)
    let wanted = [trace.output, trace.loss] + trace.gradients
    let outputs = wanted.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    let executable = try CPUExecutor().compile(Program(graph: trace.graph, outputs: outputs), parameters: store)
    executable.fill(from: entry.point(1), inputsOf: wanted)
    expectNoAllocation(executable)
  }

  @Test func `a training step does not allocate`() throws {
    let graph = Graph(isTraining: true)
    let loss = smallNetwork(graph)
    let update = Update(of: graph.trainedParameters, toLessen: loss, by: Adam(rate: 1e-3))
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let program = Program(graph: graph, outputs: [("loss", loss)], update: update)
    expectNoAllocation(try CPUExecutor().compile(program, parameters: store))
  }

  /// Counts over three runs after a first one, in which libraries set themselves up.
  private func expectNoAllocation(_ executable: any Executable, sourceLocation: SourceLocation = #_sourceLocation) {
    executable.run(seed: 1, step: 0)
    let counts = counted { for step in UInt64(1)...3 { executable.run(seed: 1, step: step) } }
    #expect(counts.ours == 0, sourceLocation: sourceLocation)
    #expect(counts.onednn <= Self.allocationsOfOneDNN * counts.executions, sourceLocation: sourceLocation)
  }
}

/// Every kind of step: convolutions both ways, products, noise, fused passes, reductions.
private func smallNetwork(_ graph: Graph) -> Tensor {
  let geometry = ConvolutionGeometry(stride: 2, padding: 1)
  let images = graph.input("images", [4, 1, 16, 16])
  let narrow = graph.parameter("narrow", [32, 1, 4, 4], .uniform(fanIn: 16))
  let wide = graph.parameter("wide", [32, 32, 4, 4], .uniform(fanIn: 512))
  let biases = graph.parameter("biases", [32], .constant(0))
  let hidden = images.convolved(with: narrow, geometry).addingChannelBias(biases).relu
    .convolved(with: wide, geometry).relu.reshaped([4, 512])
  let codes =
    hidden.matmul(graph.parameter("dense", [512, 8], .uniform(fanIn: 512)))
    + graph.normal([4, 8], purpose: "noise")
  return codes.square.sum() + codes.exp.sum(along: [1]).log.sum()
}
