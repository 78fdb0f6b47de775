import Distributions
import Execution
import Foundation
import NaiveTwin
import Tensors
import Testing

/// What holds of the maps between the spaces of every prior.
@Suite struct GenerationTests {
  static let priors: [any Prior] = [
    DecoupledPrior(latents: 2, blocks: 1), DecoupledPrior(latents: 2, blocks: 6),
    DecoupledPrior(latents: 3, blocks: 6), DecoupledPrior(latents: 5, blocks: 2), HierarchicalPrior(latents: 3),
    HierarchicalPrior(latents: 6), PlanarFlow(latents: 2, layers: 1), PlanarFlow(latents: 2, layers: 10),
    PlanarFlow(latents: 5, layers: 3),
  ]

  @Test(arguments: priors.indices)
  func `going to representation space and back changes nothing`(index: Int) {
    let (graph, prior) = (Graph(), Self.priors[index])
    let codes = (0..<(3 * prior.latents)).map { 2 * cos(Double($0)) }
    let z0 = graph.input("z0", [3, prior.latents])
    let z = prior.representation(of: z0)
    let back = prior.generation(of: z)
    let values = NaiveTwin.evaluate(
      [z, back.codes, prior.generation(of: z0).codes, prior.representation(of: prior.generation(of: z0).codes)],
      inputs: ["z0": codes], parameters: wavy(graph))
    for there in [values[1], values[3]] {
      for (a, b) in zip(there, codes) { #expect(abs(a - b) < 1e-10) }
    }
    // The law would hold of a flow that does nothing; this one does something.
    #expect(zip(values[0], codes).contains { abs($0 - $1) > 0.1 })
  }

  @Test(arguments: priors.indices)
  func `there and back on the processor changes no more than rounding does`(index: Int) throws {
    let (graph, prior) = (Graph(), Self.priors[index])
    let codes = (0..<(3 * prior.latents)).map { Float(2 * cos(Double($0))) }
    let z0 = graph.input("z0", [3, prior.latents])
    let back = prior.generation(of: prior.representation(of: z0)).codes
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    for (name, values) in wavy(graph) { _ = store.values(name).update(fromContentsOf: values.map(Float.init)) }
    let program = Program(graph: graph, outputs: [("back", back)])
    let executable = try CPUExecutor().compile(program, parameters: store)
    _ = executable.input("z0").update(fromContentsOf: codes)
    executable.run(seed: 0, step: 0)
    // Each of up to ten layers rounds, and scales by up to e what was rounded before.
    for (a, b) in zip(executable.output("back"), codes) { #expect(abs(a - b) < 1e-4) }
  }

  @Test(arguments: priors.indices)
  func `the log-determinant is that of the Jacobian by finite differences`(index: Int) {
    let (graph, prior) = (Graph(), Self.priors[index])
    let latents = prior.latents
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

  @Test(arguments: priors.indices)
  func `where all parameters are zero the two spaces are one`(index: Int) {
    let (graph, prior) = (Graph(), Self.priors[index])
    let z = graph.input("z", [2, prior.latents])
    let numbers = (0..<(2 * prior.latents)).map { Double($0) - 2.5 }
    let (codes, logDeterminants) = prior.generation(of: z)
    let values = NaiveTwin.evaluate(
      [codes, prior.representation(of: z), logDeterminants], inputs: ["z": numbers], parameters: zero(graph))
    // The planar layer's log(e − 1) is a Float.
    for moved in values[..<2] { for (a, b) in zip(moved, numbers) { #expect(abs(a - b) < 1e-6) } }
    #expect(values[2].allSatisfy { abs($0) < 1e-6 })
  }

  @Test func `the standard prior's two spaces are one`() {
    let (graph, prior) = (Graph(), StandardPrior(latents: 2))
    let z = graph.input("z", [2, 2])
    let (codes, logDeterminants) = prior.generation(of: z)
    let values = NaiveTwin.evaluate(
      [codes, logDeterminants, prior.representation(of: z)], inputs: ["z": [1, 2, 3, 4]])
    #expect(values == [[1, 2, 3, 4], [0, 0], [1, 2, 3, 4]])
  }

  /// Coupling blocks bend too sharply at these weights for finite differences; PyTorch's gradients hold them.
  @Test(arguments: priors.indices.filter { !(priors[$0] is DecoupledPrior) })
  func `the gradients of both directions agree with finite differences`(index: Int) throws {
    let (graph, prior) = (Graph(), Self.priors[index])
    let z = graph.input("z", [2, prior.latents])
    let numbers = (0..<(2 * prior.latents)).map { cos(2 * Double($0)) }
    let weights = (0..<(2 * prior.latents)).map { Float(sin(Double($0) + 1)) }
    for moved in [prior.generation(of: z).codes, prior.representation(of: z)] {
      let loss = zip(0..., weights).map { position, weight in
        moved.reshaped([weights.count]).slice(axis: 0, position..<(position + 1)) * weight
      }
      let total = Tensor.concatenate(loss, axis: 0).sum()
      let leaves = [z] + graph.parameters
      let gradients = graph.gradients(of: total, withRespectTo: leaves)
      let point = Point(inputs: ["z": numbers], parameters: wavy(graph))
      let values = NaiveTwin.evaluate(gradients, at: point)
      for (leaf, gradient) in zip(leaves, values) {
        let direction = gradient.indices.map { cos(Double($0)) }
        let slope = NaiveTwin.slope(of: total, along: direction, of: leaf, at: point)
        #expect(abs(slope - zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-6 * max(1, abs(slope)))
      }
    }
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
