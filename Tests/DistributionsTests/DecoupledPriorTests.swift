import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct DecoupledPriorTests {
  static let sizes = [(2, 1), (2, 6), (3, 6), (5, 2)]

  @Test(arguments: sizes)
  func `going to representation space and back changes nothing`(latents: Int, blocks: Int) {
    let (graph, prior) = (Graph(), DecoupledPrior(latents: latents, blocks: blocks))
    let codes = (0..<(3 * latents)).map { 2 * cos(Double($0)) }
    let z0 = graph.input("z0", [3, latents])
    let z = prior.representation(of: z0)
    let values = NaiveTwin.evaluate(
      [z, prior.generation(of: z).codes], inputs: ["z0": codes], parameters: wavy(graph))
    for (a, b) in zip(values[1], codes) { #expect(abs(a - b) < 1e-10) }
    // The law would hold of a flow that does nothing; this one does something.
    #expect(zip(values[0], codes).contains { abs($0 - $1) > 0.1 })
  }

  @Test(arguments: sizes)
  func `the log-determinant is that of the Jacobian by finite differences`(latents: Int, blocks: Int) {
    let (graph, prior) = (Graph(), DecoupledPrior(latents: latents, blocks: blocks))
    let point = (0..<latents).map { cos(3 * Double($0) + 1) }
    let step = 1e-5
    let (codes, logDeterminants) = prior.generation(of: graph.input("z", [1 + 2 * latents, latents]))
    let moved = (0..<latents).flatMap { axis in
      [step, -step].flatMap { offset in point.indices.map { point[$0] + ($0 == axis ? offset : 0) } }
    }
    let values = NaiveTwin.evaluate(
      [codes, logDeterminants], inputs: ["z": point + moved], parameters: wavy(graph))
    let image = { (row: Int) in values[0][(row * latents)..<((row + 1) * latents)] }
    let jacobian = (0..<latents).map { (axis: Int) -> [Double] in
      zip(image(1 + 2 * axis), image(2 + 2 * axis)).map { ($0 - $1) / (2 * step) }
    }
    // Central differences with step 1e-5: errors near 1e-9 of rounding and 1e-10 of curvature.
    #expect(abs(values[1][0] - log(abs(determinant(jacobian)))) < 1e-7)
  }

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

  @Test func `the standard prior's two spaces are one`() {
    let (graph, prior) = (Graph(), StandardPrior(latents: 2))
    let z = graph.input("z", [2, 2])
    let (codes, logDeterminants) = prior.generation(of: z)
    let values = NaiveTwin.evaluate(
      [codes, logDeterminants, prior.representation(of: z)], inputs: ["z": [1, 2, 3, 4]])
    #expect(values == [[1, 2, 3, 4], [0, 0], [1, 2, 3, 4]])
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

  /// By expansion along the first row.
  private func determinant(_ matrix: [[Double]]) -> Double {
    guard let first = matrix.first else { return 1 }
    return first.indices.reduce(0) { sum, column in
      let minor = matrix.dropFirst().map { row in row.indices.filter { $0 != column }.map { row[$0] } }
      return sum + (column.isMultiple(of: 2) ? 1 : -1) * first[column] * determinant(minor)
    }
  }
}
