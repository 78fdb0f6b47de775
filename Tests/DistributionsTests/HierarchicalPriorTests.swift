import Distributions
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct HierarchicalPriorTests {
  @Test func `each level depends on those above it alone`() {
    let prior = HierarchicalPrior(latents: 6)
    let base = codes(prior, [1, -0.5, 0.25, 2, -1, 0.75])
    for level in 0..<3 {
      var moved = [1, -0.5, 0.25, 2, -1, 0.75]
      for dimension in prior.range(of: level) { moved[dimension] += 0.5 }
      let changed = codes(prior, moved)
      for other in 0..<3 {
        let isTouched = prior.range(of: other).contains { abs(changed[$0] - base[$0]) > 1e-6 }
        #expect(isTouched == (other <= level))
      }
    }
  }

  @Test func `the highest level is standard normal`() {
    let prior = HierarchicalPrior(latents: 6)
    #expect(codes(prior, [1, 2, 3, 4, 5, 6]).suffix(2) == [5, 6])
  }

  /// Mean and deviation of each level at the sample are read off g: it is affine in a level's own dimensions.
  @Test func `the rate is the sum over levels of the divergence from what the levels above expect`() {
    let prior = HierarchicalPrior(latents: 3)
    let (mean, logVariance, sample) = ([0.4, -1.1, 0.3], [-0.5, 0.25, -1], [0.7, -0.9, 0.1])
    var expected = 0.0
    for level in 0..<3 {
      var (low, high) = (sample, sample)
      (low[level], high[level]) = (0, 1)
      let (start, end) = (codes(prior, low)[level], codes(prior, high)[level])
      let deviation = 1 / (end - start)
      let place = -start * deviation
      let distance = mean[level] - place
      expected += log(deviation) - logVariance[level] / 2 - 0.5
      expected += (exp(logVariance[level]) + distance * distance) / (2 * deviation * deviation)
    }
    let graph = Graph()
    let rate = prior.rate(
      mean: graph.input("mean", [1, 3]), logVariance: graph.input("log-variance", [1, 3]),
      sample: graph.input("sample", [1, 3]))
    let inputs = ["mean": mean, "log-variance": logVariance, "sample": sample]
    let value = NaiveTwin.evaluate([rate], inputs: inputs, parameters: wavy(graph))[0][0]
    #expect(abs(value - expected) < 1e-10 && prior.omittedRate == 0)
  }

  private func codes(_ prior: HierarchicalPrior, _ numbers: [Double]) -> [Double] {
    let graph = Graph()
    let moved = prior.generation(of: graph.input("z", [1, prior.latents])).codes
    return NaiveTwin.evaluate([moved], inputs: ["z": numbers], parameters: wavy(graph))[0]
  }
}
