import COneDNN
import Execution
import NaiveTwin
import Tensors
import Testing

/// Forward passes whose kernels look along one axis: their small images have the channels innermost.
@Suite struct ChannelsLastTests {
  private let graph = Graph()
  private let store = ParameterStore()

  private func layer(_ x: Tensor, _ name: String, _ outputs: Int, _ kernel: KernelSize, stride: Int = 1) -> Tensor {
    let fanIn = x.shape[1] * kernel.area
    let weights = graph.parameter(
      "\(name).weight", [outputs, x.shape[1], kernel.height, kernel.width], .uniform(fanIn: fanIn))
    let bias = graph.parameter("\(name).bias", [outputs], .uniform(fanIn: fanIn))
    return x.convolved(with: weights, .same(x.shape, kernel: kernel, stride: stride)).addingChannelBias(bias).relu
  }

  /// Colour images through branches that pool and join, to features.
  private func network() -> (joined: Tensor, features: Tensor) {
    let stem = layer(graph.input("images", [3, 3, 13, 11]), "stem", 32, 3, stride: 2)
    let same = ConvolutionGeometry.same(stem.shape, kernel: 3, stride: 1)
    let row = layer(stem, "row", 48, KernelSize(height: 1, width: 7))
    let column = layer(layer(stem, "narrow", 16, 1), "column", 32, KernelSize(height: 7, width: 1))
    let means = layer(stem.averagePooled(3, same), "means", 16, 1)
    let joined = Tensor.concatenate([row, column, means, stem.maximumPooled(3, same)], axis: 1)
    let halved = joined.maximumPooled(3, ConvolutionGeometry(stride: 2, padding: 0))
    let last = layer(halved, "last", 64, 1)
    return (joined, last.averagePooled(2, ConvolutionGeometry(stride: 2, padding: 0)).flattened)
  }

  private func point() -> Point {
    store.add(parametersOf: graph, seed: 5)
    var point = Point(inputs: [:], parametersOf: store)
    point.inputs["images"] = Generator(seed: 6).normals(3 * 3 * 13 * 11).map(Double.init)
    return point
  }

  @Test func `branches that pool and join agree with the twin`() throws {
    let features = network().features
    let point = point()
    expectAgreement(
      try CPUExecutor().evaluate([features], at: point, parameters: store), NaiveTwin.evaluate([features], at: point))
  }

  @Test func `images become small on the way, or large again, and agree with the twin all the same`() throws {
    let large = layer(layer(graph.input("images", [1, 3, 34, 36]), "stem", 16, 3), "square", 32, 3)
    let pooled = large.maximumPooled(3, ConvolutionGeometry(stride: 2, padding: 0))
    let row = layer(large, "row", 16, KernelSize(height: 1, width: 5), stride: 2)
    let column = layer(pooled, "column", 32, KernelSize(height: 7, width: 1))
    let joined = Tensor.concatenate([pooled, column], axis: 1)
    let again = layer(joined.upsampled(by: 2), "again", 16, KernelSize(height: 1, width: 3))
    let square = layer(layer(joined, "narrow", 32, 1).upsampled(by: 3, padding: 0), "last", 16, 1)
    let outputs = [row, joined, again, square, pooled.square + column, (pooled * column).sum()]
    store.add(parametersOf: graph, seed: 5)
    var point = Point(inputs: [:], parametersOf: store)
    point.inputs["images"] = Generator(seed: 6).normals(3 * 34 * 36).map(Double.init)
    expectAgreement(
      try CPUExecutor().evaluate(outputs, at: point, parameters: store), NaiveTwin.evaluate(outputs, at: point),
      of: ["row", "joined", "again", "square", "sum", "total"])
  }

  @Test func `values inside may be read by anything else too`() throws {
    let (joined, features) = network()
    let area = joined.shape[2] * joined.shape[3]
    let outputs = [
      joined, features, joined.slice(axis: 1, 5..<70), joined.slice(axis: 2, 1..<4).tanh,
      joined.embedded(axis: 1, before: 3, after: 2).sum(), joined.sum(along: [2, 3]), joined.channelSums,
      joined.reshaped([3, joined.shape[1] * area]).maximum(along: [1]),
      joined.upsampled(by: 2, padding: 1).sum(along: [1]),
      (joined * graph.input("scale", [joined.shape[1], 1, 1])).exp, .concatenate([joined, joined], axis: 3).square,
      layer(joined.addingChannelBias(graph.input("shift", [joined.shape[1]])), "again", 16, 1),
    ]
    var point = point()
    for name in ["scale", "shift"] {
      point.inputs[name] = Generator(seed: 7).split(name).normals(joined.shape[1]).map(Double.init)
    }
    expectAgreement(
      try CPUExecutor().evaluate(outputs, at: point, parameters: store), NaiveTwin.evaluate(outputs, at: point),
      of: outputs.map { "\($0.node.operation)" })
  }

  @Test(
    .enabled(if: onednn_has_blocks_of_16() != 0, "elsewhere every convolution is a matrix product over plain images"))
  func `only the input is brought into another order, and no convolution is a plain matrix product`() throws {
    let program = Program(graph: graph, outputs: [("features", network().features)])
    store.add(parametersOf: graph, seed: 5)
    let listing = try CPUExecutor().plan(program, parameters: store).listing
    #expect(listing.filter { $0.hasPrefix("reorder") } == ["reorder [3, 3, 13, 11]"])
    #expect(!listing.contains { $0.contains("gemm") || $0.hasPrefix("bias") || $0.hasPrefix("fused") }, "\(listing)")
  }

  /// The network with weights that may change, and with fixed ones.
  private func executables() throws -> (free: any Executable, fixed: any Executable) {
    let (features, point) = (network().features, point())
    func executable(fixed: Bool) throws -> any Executable {
      let program = Program(graph: graph, outputs: [("features", features)], hasFixedParameters: fixed)
      let executable = try CPUExecutor().compile(program, parameters: store)
      executable.fill(from: point, inputsOf: [features])
      return executable
    }
    return (try executable(fixed: false), try executable(fixed: true))
  }

  private func bits(_ executable: any Executable) -> [UInt32] {
    executable.run(seed: 0, step: 0)
    return executable.output("features").map(\.bitPattern)
  }

  @Test func `weights that are fixed give the same bits`() throws {
    let (free, fixed) = try executables()
    #expect(bits(fixed) == bits(free))
    #expect(bits(fixed) == bits(free))
  }

  @Test(.enabled(if: onednn_has_blocks_of_16() != 0, "elsewhere weights are used in the order in which they lie"))
  func `weights that are fixed are taken in once`() throws {
    let (free, fixed) = try executables()
    let before = bits(free)
    #expect(bits(fixed) == before)
    store.values("column.weight").update(repeating: 0)
    #expect(bits(free) != before)
    #expect(bits(fixed) == before)
  }

  @Test func `an image's features depend neither on its place in the batch nor on the others`() throws {
    let features = network().features
    store.add(parametersOf: graph, seed: 5)
    let executable = try CPUExecutor().compile(
      Program(graph: graph, outputs: [("features", features)]), parameters: store)
    let image = Generator(seed: 8).normals(3 * 13 * 11)
    let rows = (0..<3).map { place in
      let input = executable.input("images")
      input.update(repeating: Float(place))
      _ = input[(place * image.count)...].update(fromContentsOf: image)
      executable.run(seed: 0, step: 0)
      let width = features.shape[1]
      return executable.output("features")[(place * width)..<((place + 1) * width)].map(\.bitPattern)
    }
    #expect(rows[1] == rows[0])
    #expect(rows[2] == rows[0])
  }
}
