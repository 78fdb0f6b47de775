import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct DecoupledPriorTests {
  @Test func `a flow whose last layers are zero is the identity`() {
    let (graph, prior) = (Graph(), DecoupledPrior(latents: 3, blocks: 6))
    let (codes, logDeterminants) = prior.generation(of: graph.input("z", [1, 3]))
    let weights = wavy(graph).map { name, values in
      (name, name.contains("linear3") ? Array(repeating: 0, count: values.count) : values)
    }
    let values = NaiveTwin.evaluate(
      [codes, logDeterminants], inputs: ["z": [1, -2, 3]],
      parameters: Dictionary(uniqueKeysWithValues: weights))
    #expect(values == [[1, -2, 3], [0]])
  }

  @Test(arguments: [(2, [0..<1, 1..<2]), (5, [0..<2, 2..<5])])
  func `blocks take turns in what they leave alone, the first half first`(latents: Int, halves: [Range<Int>]) {
    let prior = DecoupledPrior(latents: latents, blocks: 4)
    #expect(prior.blocks.map(\.passive) == halves + halves)
    #expect(prior.blocks.map(\.active) == halves.reversed() + halves.reversed())
  }

  @Test func `each block has two networks with the reference's parameters`() {
    let (graph, prior) = (Graph(), DecoupledPrior(latents: 2, blocks: 6))
    _ = prior.generation(of: graph.input("z", [1, 2]))
    let shapes = Dictionary(
      uniqueKeysWithValues: graph.parameters.compactMap { $0.node.operation as? Parameter }.map { ($0.name, $0.shape) })
    var expected: [String: Shape] = [:]
    for block in 0..<6 {
      for part in ["scale", "shift"] {
        for (layer, weight) in [(1, [64, 2]), (2, [64, 64]), (3, [2, 64])] as [(Int, Shape)] {
          expected["prior.block\(block).\(part).linear\(layer).weight"] = weight
          expected["prior.block\(block).\(part).linear\(layer).bias"] = [weight[0]]
        }
      }
    }
    #expect(shapes == expected)
  }
}
