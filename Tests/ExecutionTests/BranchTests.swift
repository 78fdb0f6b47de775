import COneDNN
import Execution
import NaiveTwin
import Tensors
import Testing

/// Networks whose images part and join again, as Inception's do.
@Suite struct BranchTests {
  /// Two branches, joined along the channels, pooled, cut, and padded with channels of zeros; with its parameters'
  /// gradients.
  private func branches(_ graph: Graph, cut: Range<Int>) -> [Tensor] {
    let pointwise = ConvolutionGeometry(stride: 1, padding: 0)
    let first = graph.parameter("first", [32, 16, 1, 1], .uniform(fanIn: 16))
    let second = graph.parameter("second", [48, 16, 1, 1], .uniform(fanIn: 16))
    let last = graph.parameter("last", [16, cut.count + 16, 1, 1], .uniform(fanIn: 64))
    let x = graph.input("x", [2, 16, 7, 7])
    let both = Tensor.concatenate([x.convolved(with: first, pointwise), x.convolved(with: second, pointwise)], axis: 1)
    let pooled = both.maximumPooled(3, ConvolutionGeometry(stride: 2, padding: 0))
    let image = pooled.slice(axis: 1, cut).embedded(axis: 1, before: 16, after: 0).slice(axis: 0, 1..<2)
    let loss = image.convolved(with: last, pointwise).square.sum()
    return [loss] + graph.gradients(of: loss, withRespectTo: graph.parameters)
  }

  @Test(arguments: [16..<80, 0..<48, 8..<40])
  func `branches of images are joined, pooled and cut right, along blocks and across them`(cut: Range<Int>) throws {
    let graph = Graph()
    let outputs = branches(graph, cut: cut)
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 3)
    var point = Point(inputs: [:], parametersOf: store)
    point.inputs["x"] = Generator(seed: 4).normals(2 * 16 * 49).map(Double.init)
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: store)
    expectAgreement(values, NaiveTwin.evaluate(outputs, at: point, seed: 0, step: 0))
  }

  @Test(.enabled(if: onednn_has_blocks_of_16() != 0, "elsewhere all images are plain"))
  func `blocked branches are never brought into another order`() throws {
    let graph = Graph()
    let outputs = branches(graph, cut: 16..<80)
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 3)
    let named = outputs.enumerated().map { (name: "\($0)", tensor: $1) }
    let listing = try CPUExecutor().plan(Program(graph: graph, outputs: named), parameters: store).listing
    // The input has 16 channels, and so has the loss's own gradient, which is plain.
    #expect(listing.filter { $0.hasPrefix("reorder") }.allSatisfy { $0.contains(", 16, ") }, "\(listing)")
  }
}
