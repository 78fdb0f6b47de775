import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct PriorTests {
  @Test func `the rate of a posterior that is the standard prior is zero`() {
    #expect(rates(StandardPrior(latents: 3), mean: [0, 0, 0], logVariance: [0, 0, 0], sample: [1, 2, 3]) == [0])
  }

  @Test func `the standard rate is the divergence in closed form, for each item`() {
    let obtained = rates(
      StandardPrior(latents: 2), mean: [1, 0, 0, -2], logVariance: [0, log(4), log(0.25), 0], sample: [9, 9, 9, 9])
    let expected = [0.5 + 0.5 * (4 - 1 - log(4)), 0.5 * (0.25 - 1 - log(0.25)) + 2]
    for (a, b) in zip(obtained, expected) { #expect(abs(a - b) < 1e-12) }
  }

  /// Every prior's `rate + omittedRate`, averaged over a posterior, has to be the divergence from it.
  ///
  /// log q(z) − log p(z) is quadratic in the noise where g is the identity, and the two-point rule ±1 in each dimension
  /// averages a quadratic exactly.
  @Test func `with a flow that is the identity the decoupled rate averages to the standard one`() {
    let (mean, logVariance) = ([0.3, -1.2], [-0.7, 0.4])
    let prior = DecoupledPrior(latents: 2, blocks: 6)
    let corners = [[-1.0, -1], [-1, 1], [1, -1], [1, 1]]
    let samples = corners.flatMap { corner in
      (0..<2).map { mean[$0] + corner[$0] * exp(logVariance[$0] / 2) }
    }
    let repeated = { (values: [Double]) in corners.flatMap { _ in values } }
    let rates = rates(prior, mean: repeated(mean), logVariance: repeated(logVariance), sample: samples, weights: zero)
    let average = rates.reduce(0, +) / 4 + prior.omittedRate
    let exact = self.rates(StandardPrior(latents: 2), mean: mean, logVariance: logVariance, sample: mean)[0]
    #expect(abs(average - exact) < 1e-12)
  }

  @Test func `the decoupled rate is the posterior's entropy against the prior's density at the sample`() {
    let prior = DecoupledPrior(latents: 2, blocks: 3)
    let (logVariance, sample) = ([-0.7, 0.4], [0.9, -1.6])
    let rate = rates(prior, mean: [5, 5], logVariance: logVariance, sample: sample, weights: wavy)[0]
    // log p(z) in full, and the mean of log q(z) over q: both keep the constant of 2π, which cancels.
    let entropy = 0.5 * (logVariance.reduce(0, +) + 2 * log(2 * Double.pi * exp(1)))
    let expected = -entropy - logDensity(prior, sample)[0]
    #expect(abs(rate + prior.omittedRate - expected) < 1e-12)
  }

  private func logDensity(_ prior: DecoupledPrior, _ codes: [Double]) -> [Double] {
    let graph = Graph()
    let (moved, logDeterminants) = prior.generation(of: graph.input("z", [codes.count / 2, 2]))
    let values = NaiveTwin.evaluate([moved, logDeterminants], inputs: ["z": codes], parameters: wavy(graph))
    return values[1].indices.map { row in
      let (x, y) = (values[0][2 * row], values[0][2 * row + 1])
      return -log(2 * Double.pi) - (x * x + y * y) / 2 + values[1][row]
    }
  }

  private func rates(
    _ prior: any Prior, mean: [Double], logVariance: [Double], sample: [Double],
    weights: (Graph) -> [String: [Double]] = zero
  ) -> [Double] {
    let (graph, shape) = (Graph(), Shape([mean.count / prior.latents, prior.latents]))
    let rate = prior.rate(
      mean: graph.input("mean", shape), logVariance: graph.input("log-variance", shape),
      sample: graph.input("sample", shape))
    let inputs = ["mean": mean, "log-variance": logVariance, "sample": sample]
    return NaiveTwin.evaluate([rate], inputs: inputs, parameters: weights(graph))[0]
  }
}
