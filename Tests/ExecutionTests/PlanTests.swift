import COneDNN
import Execution
import Tensors
import Testing

@Suite struct PlanTests {
  private func plan(_ graph: Graph, _ outputs: [Tensor], update: Update? = nil) throws -> Plan {
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let named = outputs.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    return try CPUExecutor().plan(Program(graph: graph, outputs: named, update: update), parameters: store)
  }

  @Test func `a chain of elementwise operations and its sum are one step`() throws {
    let graph = Graph()
    let x = graph.input("x", [64, 32])
    let loss = ((x * 2).tanh - x).square.sum()
    let working = try plan(graph, [loss]).listing.filter { $0.hasPrefix("fused") || $0.hasPrefix("sum") }
    #expect(working.count == 1)
  }

  @Test func `a loss and its gradient are one step`() throws {
    let graph = Graph()
    let (x, y) = (graph.input("x", [64, 32]), graph.input("y", [64, 32]))
    let loss = (x - y).square.sum()
    let gradient = graph.gradients(of: loss, withRespectTo: [x])[0]
    let listing = try plan(graph, [loss, gradient]).listing
    #expect(listing.filter { $0.hasPrefix("fused") && $0.contains("[64, 32]") }.count == 1)
  }

  @Test func `a convolution takes its bias and activation along`() throws {
    let graph = Graph()
    let weights = graph.parameter("w", [32, 32, 4, 4], .uniform(fanIn: 512))
    let bias = graph.parameter("b", [32], .constant(1))
    let geometry = ConvolutionGeometry(stride: 2, padding: 1)
    let y = graph.input("x", [2, 32, 8, 8]).convolved(with: weights, geometry).addingChannelBias(bias).relu
    let listing = try plan(graph, [y]).listing
    #expect(listing.filter { !$0.hasPrefix("reorder") }.count == 1)
  }

  @Test(arguments: [16, 5])
  func `a dense layer takes its bias and activation along`(columns: Int) throws {
    let graph = Graph()
    let weights = graph.parameter("w", [columns, 32], .uniform(fanIn: 32))
    let bias = graph.parameter("b", [columns], .constant(1))
    let y = (graph.input("x", [8, 32]).matmul(weights, transposed: (false, true)) + bias).leakyReLU(slope: 0.2)
    let listing = try plan(graph, [y]).listing
    #expect(!listing.contains { $0.hasPrefix("fused") })
  }

  @Test(
    .enabled(if: onednn_has_blocks_of_16() != 0, "elsewhere every convolution is a matrix product"),
    arguments: [0, 1, 2])
  func `a convolution to three channels and its gradients run in code made for them`(padding: Int) throws {
    let graph = Graph()
    let geometry = ConvolutionGeometry(stride: 1, padding: padding)
    let inner = graph.parameter("v", [32, 32, 1, 1], .uniform(fanIn: 32))
    let weights = graph.parameter("w", [3, 32, 3, 3], .uniform(fanIn: 288))
    let x = graph.input("x", [2, 32, 8, 8]).convolved(with: inner, ConvolutionGeometry(stride: 1, padding: 0))
    let loss = x.convolved(with: weights, geometry).square.sum()
    let update = Update(of: [inner, weights], toLessen: loss, by: Adam(rate: 1e-3))
    let listing = try plan(graph, [loss], update: update).listing
    #expect(!listing.contains { $0.contains("gemm") })
    #expect(listing.filter { $0.hasPrefix("reorder") }.count == 1, "only the input is reordered")
  }

  @Test func `the gradient of the first layer's input is never computed`() throws {
    let graph = Graph()
    let weights = graph.parameter("w", [32, 1, 4, 4], .uniform(fanIn: 16))
    let x = graph.input("x", [2, 1, 28, 28])
    let loss = x.convolved(with: weights, ConvolutionGeometry(stride: 2, padding: 1)).relu.square.sum()
    let listing = try plan(graph, [loss], update: Update(of: [weights], toLessen: loss, by: Adam(rate: 1e-3))).listing
    #expect(listing.contains { $0.hasPrefix("weight gradient") })
    #expect(!listing.contains { $0.hasPrefix("transposed") })
  }

  @Test(
    .enabled(if: onednn_has_blocks_of_16() != 0, "elsewhere every convolution is a matrix product"),
    arguments: [(4, 1), (20, 1), (3, 2), (20, 2)])
  func `convolutions of blocked images never run in oneDNN's slow code for plain ones`(
    outputs: Int, stride: Int
  ) throws {
    let graph = Graph()
    let weights = graph.parameter("w", [outputs, 32, 3, 3], .uniform(fanIn: 288))
    let x = graph.input("x", [2, 32, 8, 8])
    let loss = x.convolved(with: weights, ConvolutionGeometry(stride: stride, padding: 1)).square.sum()
    let listing = try plan(graph, [loss] + graph.gradients(of: loss, withRespectTo: [x, weights])).listing
    #expect(listing.filter { $0.contains("3×3") }.count == 3)
    #expect(!listing.contains { $0.contains("gemm") }, "\(listing)")
  }

  @Test(
    .enabled(if: onednn_has_blocks_of_16() != 0, "oneDNN has Winograd's algorithm for AVX-512 alone"),
    arguments: [(12, 32, 3), (8, 64, 3), (5, 32, 0)])
  func `a convolution runs by Winograd's algorithm where its results fill the tiles`(
    side: Int, channels: Int, passes: Int
  ) throws {
    let graph = Graph()
    let weights = graph.parameter("w", [channels, channels, 3, 3], .uniform(fanIn: 288))
    let x = graph.input("x", [2, channels, side, side])
    let loss = x.convolved(with: weights, ConvolutionGeometry(stride: 1, padding: 1)).square.sum()
    let listing = try plan(graph, [loss] + graph.gradients(of: loss, withRespectTo: [x, weights])).listing
    #expect(listing.filter { $0.contains("jit_wino") }.count == passes, "\(listing)")
  }

  @Test func `a convolution whose kernel covers the images is a product, and so are its gradients`() throws {
    let graph = Graph()
    let weights = graph.parameter("w", [32, 16, 4, 4], .uniform(fanIn: 256))
    let x = graph.input("x", [2, 16, 4, 4])
    let loss = x.convolved(with: weights, ConvolutionGeometry(stride: 1, padding: 0)).square.sum()
    let plan = try plan(graph, [loss] + graph.gradients(of: loss, withRespectTo: [x, weights]))
    #expect(plan.listing.filter { $0.contains("as a product") }.count == 3)
    #expect(plan.operations == 98_304)  // 3 · 2 · 2 · 32 · 256
  }

  @Test func `a profile times every step, and knows its arithmetic and its bytes`() throws {
    let graph = Graph()
    let weights = graph.parameter("w", [64, 32], .uniform(fanIn: 32))
    let product = graph.input("x", [16, 32]).matmul(weights, transposed: (false, true))
    let loss = product.square.sum()
    let plan = try plan(graph, [loss], update: Update(of: [weights], toLessen: loss, by: Adam(rate: 1e-3)))
    let steps = plan.profile(runs: 5)
    #expect(steps.map(\.label) == plan.listing)
    #expect(steps.allSatisfy { $0.seconds >= 0 && $0.seconds < 1 })
    let products = steps.filter { $0.operations > 0 }
    // 2 · 16 · 64 · 32 operations; 4 (16 · 32 + 64 · 32 + 16 · 64) bytes.
    let (operations, bytes): (Double, Double) = (65_536, 14_336)
    #expect(products.map(\.operations) == [operations, operations])
    #expect(products.map(\.bytes) == [bytes, bytes])
    // Adam reads the gradient, and reads and writes values and both moments: 4 · 7 · 64 · 32 bytes.
    #expect(steps.last?.bytes == 57_344)
  }

  @Test func `nodes that nothing asked for depends on are left out`() throws {
    let graph = Graph()
    let x = graph.input("x", [4, 4])
    _ = x.exp.sum()
    #expect(try plan(graph, [x * 3]).listing.filter { $0.hasPrefix("fused") }.count == 1)
  }

  @Test func `buffers whose lives do not overlap share memory`() throws {
    let graph = Graph()
    let weights = graph.parameter("w", [64, 64], .uniform(fanIn: 64))
    var x = graph.input("x", [64, 64])
    for _ in 0..<10 { x = x.matmul(weights) }
    #expect(try plan(graph, [x]).arenaBytes <= 3 * 64 * 64 * 4)
  }

  @Test func `a value that is asked for survives the steps after it`() throws {
    let graph = Graph()
    let x = graph.input("x", [8, 8])
    let early = x * 2
    var late = early
    for _ in 0..<5 { late = late.matmul(x) }
    let plan = try plan(graph, [early, late])
    plan.input("x").update(repeating: 0.5)
    plan.run(seed: 0, step: 0)
    #expect(plan.output("0").allSatisfy { $0 == 1 })
    #expect(plan.output("1").allSatisfy { $0 == 1024 })
  }

  @Test func `the same seed and step give the same bits and others give others`() throws {
    let graph = Graph()
    let plan = try plan(graph, [graph.normal([33], purpose: "a"), graph.normal([33], purpose: "a")])
    func draw(_ seed: UInt64, _ step: UInt64) -> [Float] {
      plan.run(seed: seed, step: step)
      return Array(plan.output("0"))
    }
    let first = draw(1, 1)
    #expect(draw(2, 1) != first)
    #expect(draw(1, 2) != first)
    #expect(draw(1, 1) == first)
    #expect(Array(plan.output("1")) != first)
  }

  @Test(arguments: ["ref:any", "jit:avx512_core; ref:any", "brg:avx512_core; ref_int8:any"])
  func `an implementation named ref is refused`(name: String) {
    #expect(throws: ExecutionError.self) { try ExecutionError.refuseReference("a product", name) }
  }

  @Test(arguments: ["jit:avx512_core; simple:any", "brgconv:avx512_core", "gemm:jit; jit:uni"])
  func `other implementations are accepted`(name: String) throws {
    try ExecutionError.refuseReference("a product", name)
  }
}
