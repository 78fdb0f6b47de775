import Execution
import NaiveTwin
import Tensors
import Testing

/// Threads change how long a run takes, and no bit of what it gives.
@Suite struct ThreadsTests {
  @Test(arguments: OperationCatalog.all)
  func `each operation and gradient has the bits of one thread`(entry: CatalogCase) throws {
    let results = try [1, 2, 3].map { threads -> [[UInt32]] in
      let trace = entry.traced()
      let store = ParameterStore()
      store.add(parametersOf: trace.graph, seed: 1)
      let outputs = [trace.output, trace.loss] + trace.gradients
      let values = try CPUExecutor(threads: threads).evaluate(
        outputs, at: entry.point(1), parameters: store, seed: 1, step: 2)
      return values.map { $0.map(\.bitPattern) }
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test func `training steps on two threads have the bits of one`() throws {
    let (one, two) = (try Training(threads: 1), try Training(threads: 2))
    for step in 0..<5 {
      one.run(step)
      two.run(step)
      #expect(two.weights == one.weights, "after step \(step)")
    }
  }

  @Test func `what may run on two threads does, and one thread's plan does not`() throws {
    #expect(try !Training(threads: 1).plan.listing.contains { $0.hasSuffix("threads") })
    let spread = try Training(threads: 2).plan.listing.filter { $0.hasSuffix("on 2 threads") }
    #expect(spread.contains { $0.hasPrefix("convolution") })
    #expect(spread.contains { $0.hasPrefix("transposed convolution") })
  }

  /// A small autoencoder whose first layer has few channels and large maps, where oneDNN's threads share out the batch
  /// and so sum the weights' gradient in another order.
  private final class Training {
    let plan: Plan
    private let store = ParameterStore()

    init(threads: Int) throws {
      let graph = Graph(isTraining: true)
      let geometry = ConvolutionGeometry(stride: 2, padding: 1)
      let images = graph.input("images", [32, 1, 28, 28])
      let weights = graph.parameter("first", [32, 1, 4, 4], .uniform(fanIn: 16))
      let deeper = graph.parameter("second", [64, 32, 4, 4], .uniform(fanIn: 512))
      let dense = graph.parameter("dense", [64 * 49, 64], .uniform(fanIn: 64 * 49))
      let hidden = images.convolved(with: weights, geometry).leakyReLU(slope: 0.1)
        .convolved(with: deeper, geometry).leakyReLU(slope: 0.1)
      let loss = (hidden.reshaped([32, 64 * 49]).matmul(dense) - graph.normal([32, 64], purpose: "aim")).square.sum()
      store.add(parametersOf: graph, seed: 1)
      let update = Update(of: graph.trainedParameters, toLessen: loss, by: Adam(rate: 1e-2))
      plan = try CPUExecutor(threads: threads).plan(
        Program(graph: graph, outputs: [("loss", loss)], update: update), parameters: store)
      Generator(seed: 1).fillUniform(plan.input("images"))
    }

    func run(_ step: Int) { plan.run(seed: 1, step: UInt64(step)) }

    var weights: [[UInt32]] { store.slices.map { store.values($0.name).map(\.bitPattern) } }
  }
}
