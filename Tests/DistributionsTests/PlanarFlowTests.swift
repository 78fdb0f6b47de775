import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct PlanarFlowTests {
  /// For w = (2, 0), u = (a, 1) and b = 0: w·û = −1 + log(1 + (e − 1) e^{2a}), û = (w·û / 2, 1).
  @Test(arguments: [-3.0, 0, 0.5])
  func `a layer moves codes along û by the tanh of their distance`(push: Double) {
    let (graph, flow) = (Graph(), PlanarFlow(latents: 2, layers: 1))
    let (codes, logDeterminants) = flow.generation(of: graph.input("z", [1, 2]))
    let values = NaiveTwin.evaluate(
      [codes, logDeterminants], inputs: ["z": [0.3, -1]], parameters: parameters(normal: [2, 0], push: [push, 1]))
    let (bend, steepness) = (tanh(0.6), -1 + log(1 + (M_E - 1) * exp(2 * push)))
    // The layer's log(e − 1) is a Float.
    for (a, b) in zip(values[0], [0.3 + steepness / 2 * bend, -1 + bend]) { #expect(abs(a - b) < 1e-7) }
    #expect(abs(values[1][0] - log(1 + steepness * (1 - bend * bend))) < 1e-7)
  }

  /// Where w·û is nearly −1 the layer is nearly flat about the plane, and what it flattened is hard to tell apart: the
  /// inverse is a code of the right image, not of the right place.
  @Test(arguments: [-40.0, -4, -1, 0, 1, 4, 40])
  func `the inverse finds a code that the layer carries there, however flat or steep it is`(push: Double) {
    let (graph, flow) = (Graph(), PlanarFlow(latents: 2, layers: 1))
    let rows = [0.0, 0, 1e-3, 0, -0.2, 3, 1, -1, -5, 2, 60, 60]
    let codes = flow.representation(of: graph.input("z0", [6, 2]))
    let values = NaiveTwin.evaluate(
      [codes, flow.generation(of: codes).codes], inputs: ["z0": rows],
      parameters: parameters(normal: [1.5, -0.5], push: [push, -push / 4]))
    #expect(values[0].allSatisfy { $0.isFinite })
    for (a, b) in zip(values[1], rows) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func `the decoder is given the flow's result`() {
    #expect(PlanarFlow(latents: 2).decodesGenerationCodes && PlanarFlow(latents: 2).layers.count == 10)
    #expect(!DecoupledPrior(latents: 2, blocks: 6).decodesGenerationCodes)
    #expect(!HierarchicalPrior(latents: 3).decodesGenerationCodes)
  }

  private func parameters(normal: [Double], push: [Double]) -> [String: [Double]] {
    ["prior.planar0.normal": normal, "prior.planar0.push": push, "prior.planar0.bias": [0]]
  }
}
