import Execution
import NaiveTwin
import Tensors
import Testing

@Suite struct UpdateTests {
  /// Steps move by about the rate; a gradient near zero is known less well, relative to itself, than others, and Adam
  /// divides by its size.
  private let shareOfRate = 0.02

  @Test func `training with a convolution, a bias, products and noise follows Adam in double precision`() throws {
    let graph = Graph()
    let geometry = ConvolutionGeometry(stride: 2, padding: 1)
    let x = graph.input("x", [3, 1, 6, 6])
    let kernel = graph.parameter("kernel", [16, 1, 4, 4], .uniform(fanIn: 16))
    let bias = graph.parameter("bias", [16], .uniform(fanIn: 16))
    let weight = graph.parameter("weight", [144, 5], .uniform(fanIn: 144))
    let scale = graph.parameter("scale", [5], .constant(1))
    let code = x.convolved(with: kernel, geometry).addingChannelBias(bias).tanh.flattened.matmul(weight)
    let loss = (code * scale + graph.normal([3, 5], purpose: "noise") - 0.5).square.mean()
    try expectSameTraining(loss, by: Adam(rate: 0.01, beta1: 0.8, beta2: 0.95), steps: 15)
  }

  @Test func `training with the moments' usual decay follows Adam in double precision`() throws {
    let graph = Graph()
    let weight = graph.parameter("weight", [4, 3], .normal(deviation: 1))
    let loss = (graph.input("x", [8, 4]).matmul(weight).tanh - graph.input("y", [8, 3])).square.mean()
    try expectSameTraining(loss, by: Adam(rate: 1e-3), steps: 40)
  }

  /// With a constant gradient c both moments, once corrected, are c and c² at every step.
  @Test func `a constant gradient moves a parameter by the rate each step, whatever its size`() throws {
    let graph = Graph()
    let parameter = graph.parameter("p", [4], .constant(1))
    let slopes = graph.input("slopes", [4])
    let loss = (parameter * slopes).sum()
    let store = store(of: graph)
    let update = Update(of: [parameter], toLessen: loss, by: Adam(rate: 0.125, epsilon: 1e-8))
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: [], update: update), parameters: store)
    // Beside epsilon the last two gradients are as large as it, and nothing.
    _ = executable.input("slopes").update(fromContentsOf: [100, -0.01, 1e-8, 0])
    for step in 0..<4 { executable.run(seed: 0, step: UInt64(step)) }
    for (value, expected) in zip(store.values("p"), [0.5, 1.5, 0.75, 1] as [Float]) {
      #expect(abs(value - expected) < 1e-5)  // Four steps of some float32 roundings each.
    }
  }

  @Test func `parameters that are not to be updated stay as they are, and so do the gaps between slices`() throws {
    let graph = Graph()
    let moved = graph.parameter("moved", [3], .constant(1))
    let kept = graph.parameter("kept", [3], .normal(deviation: 1))
    let store = store(of: graph)
    let before = Array(store.values("kept"))
    let update = Update(of: [moved], toLessen: (moved * kept).square.sum(), by: Adam(rate: 0.1))
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: [], update: update), parameters: store)
    for step in 0..<3 { executable.run(seed: 0, step: UInt64(step)) }
    #expect(Array(store.values("kept")) == before)
    #expect(store.values("moved").allSatisfy { $0 != 1 })
    // Three numbers leave a gap of thirteen up to the next border of 64 bytes.
    #expect((3..<16).allSatisfy { store.values("moved").baseAddress?[$0] == 0 })
  }

  @Test func `outputs are computed from the values before the update`() throws {
    let graph = Graph()
    let parameter = graph.parameter("p", [2], .constant(2))
    let loss = parameter.square.sum()
    let update = Update(of: [parameter], toLessen: loss, by: Adam(rate: 0.5))
    let program = Program(graph: graph, outputs: [("loss", loss)], update: update)
    let executable = try CPUExecutor().compile(program, parameters: store(of: graph))
    executable.run(seed: 0, step: 0)
    #expect(executable.scalar("loss") == 8)
    executable.run(seed: 0, step: 1)
    #expect(abs(executable.scalar("loss") - 2 * 1.5 * 1.5) < 1e-5)
  }

  @Test func `two programs over one store see each other's numbers`() throws {
    let graph = Graph()
    let parameter = graph.parameter("p", [2], .constant(2))
    let store = store(of: graph)
    let update = Update(of: [parameter], toLessen: parameter.square.sum(), by: Adam(rate: 0.5))
    let training = try CPUExecutor().compile(Program(graph: graph, outputs: [], update: update), parameters: store)
    let reading = Graph()
    let same = reading.parameter("p", [2], .constant(0))
    let program = Program(graph: reading, outputs: [("double", same * 2)])
    let executable = try CPUExecutor().compile(program, parameters: store)
    training.run(seed: 0, step: 0)
    executable.run(seed: 0, step: 0)
    #expect(Array(executable.output("double")) == store.values("p").map { $0 * 2 })
    #expect(store.values("p").allSatisfy { abs($0 - 1.5) < 1e-6 })
  }

  private func expectSameTraining(
    _ loss: Tensor, by optimizer: Adam, steps: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let graph = loss.graph
    let store = store(of: graph)
    let point = point(of: graph, store)
    let update = Update(of: graph.parameters, toLessen: loss, by: optimizer)
    var twin = AdamTwin(update, from: point)
    let program = Program(graph: graph, outputs: [("loss", loss)], update: update)
    let executable = try CPUExecutor().compile(program, parameters: store)
    executable.fill(from: point, inputsOf: [loss])
    for step in 0..<steps {
      executable.run(seed: 9, step: UInt64(step))
      twin.step(seed: 9)
    }
    for parameter in graph.parameters {
      let values = Point(inputs: [:], parametersOf: store)[parameter]
      let distances = zip(values, twin.point[parameter]).map { abs($0 - $1) }
      let way = zip(twin.point[parameter], point[parameter]).map { abs($0 - $1) }
      #expect((way.max() ?? 0) > 3 * Double(optimizer.rate), "the test moves nothing", sourceLocation: sourceLocation)
      #expect(
        (distances.max() ?? 0) <= shareOfRate * Double(optimizer.rate), "\(parameter.node.operation)",
        sourceLocation: sourceLocation)
    }
  }

  private func store(of graph: Graph) -> ParameterStore {
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 2)
    return store
  }

  private func point(of graph: Graph, _ store: ParameterStore) -> Point {
    var point = Point(inputs: [:], parametersOf: store)
    for (index, node) in graph.nodes.enumerated() {
      guard let input = node.operation as? Input else { continue }
      point.inputs[input.name] = Generator(seed: UInt64(index)).normals(node.shape.count).map(Double.init)
    }
    return point
  }
}
