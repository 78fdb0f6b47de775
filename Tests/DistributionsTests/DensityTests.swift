import Distributions
import Execution
import Foundation
import NaiveTwin
import Tensors
import Testing

@Suite struct DensityTests {
  /// Double precision over 256 terms, with a half-width that float32 holds to seven digits.
  private let tolerance = 1e-6

  @Test(arguments: [(0, -1), (0.3, -7), (-0.97, -3), (0.999, -5), (2, 1)])
  func `the probabilities of all bins of a logistic distribution sum to one`(mean: Double, logScale: Double) {
    let graph = Graph()
    let x = graph.input("x", [256])
    let nll = Density.discretizedLogistic(x, mean: graph.input("mean", []), logScale: graph.input("scale", []))
    let bins = (0..<256).map { 2 * Double($0) / 255 - 1 }
    let values = NaiveTwin.evaluate([nll], inputs: ["x": bins, "mean": [mean], "scale": [logScale]])[0]
    #expect(values.allSatisfy { $0.isFinite })
    #expect(abs(values.reduce(0) { $0 + exp(-$1) } - 1) < tolerance)
  }

  @Test func `a bin of a logistic distribution has the difference of its ends, on the processor too`() throws {
    let graph = Graph()
    let (x, mean, scale) = (graph.input("x", [3]), graph.input("mean", []), graph.input("scale", []))
    let nll = Density.discretizedLogistic(x, mean: mean, logScale: scale, halfWidth: 0.25)
    let expected = [-0.5, 0, 0.5].map { x in
      -log(1 / (1 + exp(-(x + 0.25 - 0.1) / 0.5)) - 1 / (1 + exp(-(x - 0.25 - 0.1) / 0.5)))
    }
    let executable = try CPUExecutor().compile(
      Program(graph: graph, outputs: [("nll", nll)]), parameters: ParameterStore())
    _ = executable.input("x").update(fromContentsOf: [-0.5, 0, 0.5])
    executable.input("mean")[0] = 0.1
    executable.input("scale")[0] = Float(log(0.5))
    executable.run(seed: 0, step: 0)
    for (value, reference) in zip(executable.output("nll"), expected) { #expect(abs(Double(value) - reference) < 5e-6) }
  }

  @Test func `a mixture of equal components is one of them, and unequal weights weigh`() {
    let graph = Graph()
    let (logits, components) = (graph.input("logits", [2, 1]), graph.input("components", [2, 2]))
    let nll = Density.mixture(logits: logits, components: components, along: 0)
    let values = NaiveTwin.evaluate(
      [nll], inputs: ["logits": [5 + log(3), 5], "components": [1, -log(0.5), 1, -log(0.25)]])[0]
    #expect(abs(values[0] - 1) < 1e-12)
    #expect(abs(values[1] + log(0.75 * 0.5 + 0.25 * 0.25)) < 1e-12)
  }

  @Test func `Student's t is Cauchy's distribution at one degree of freedom, and nearly normal at many`() {
    let values = studentT(freedom: [1, 1e7])
    let square = (2.5 - 1) * (2.5 - 1) / 4.0
    #expect(abs(values[0] - log(Double.pi * 2 * (1 + square))) < tolerance)
    #expect(abs(values[1] - (0.5 * log(2 * Double.pi * 4) + 0.5 * square)) < tolerance)
  }

  /// The density falls as x⁻⁵: what is beyond ±500 is less than 10⁻⁸.
  @Test func `the density of Student's t integrates to one`() {
    let graph = Graph()
    let count = 100_000
    let nll = Density.studentT(
      graph.input("x", [count]), mean: graph.constant(0.5), scale: graph.constant(1.5), freedom: graph.constant(4))
    let places = (0..<count).map { (Double($0) + 0.5) / 100 - 500 }
    let values = NaiveTwin.evaluate([nll], inputs: ["x": places])[0]
    #expect(abs(values.reduce(0) { $0 + exp(-$1) } / 100 - 1) < tolerance)
  }

  @Test func `gradients with respect to everything agree with finite differences`() {
    let graph = Graph()
    let names = ["x", "mean", "scale", "freedom"]
    let leaves = names.map { graph.input($0, [3]) }
    let losses = [
      Density.studentT(leaves[0], mean: leaves[1], scale: leaves[2], freedom: leaves[3]).sum(),
      Density.discretizedLogistic(leaves[0], mean: leaves[1], logScale: leaves[2], halfWidth: 0.0625).sum(),
    ]
    let point = Point(inputs: [
      "x": [-0.5, 0.25, 0.75], "mean": [0, 0.5, -1], "scale": [0.5, 1, 2], "freedom": [1.5, 4, 30],
    ])
    for loss in losses {
      let gradients = NaiveTwin.evaluate(graph.gradients(of: loss, withRespectTo: leaves), at: point)
      for (leaf, gradient) in zip(leaves, gradients) {
        let slope = NaiveTwin.slope(of: loss, along: [1, -0.5, 0.25], of: leaf, at: point)
        #expect(abs(slope - (gradient[0] - 0.5 * gradient[1] + 0.25 * gradient[2])) < 1e-7)
      }
    }
  }

  @Test func `the levels of a pixel have the probabilities of a softmax over its own logits`() {
    let graph = Graph()
    let nll = Density.categorical(
      graph.input("levels", [1, 2, 1, 2]), logits: graph.input("logits", [1, 6, 1, 2]), count: 3)
    // Channel 0 has the logits 0, log 2, log 5 at its first pixel and their like at the others.
    let logits: [Double] = [0, 1, log(2), 1, log(5), 1, log(8), 0, 0, log(3), 0, 0]
    let values = NaiveTwin.evaluate([nll], inputs: ["levels": [2, 0, 0, 1], "logits": logits])[0]
    for (value, probability) in zip(values, [0.625, 1.0 / 3, 0.8, 0.6]) {
      #expect(abs(value + log(probability)) < 1e-12)
    }
  }

  private func studentT(freedom: [Double]) -> [Double] {
    let graph = Graph()
    let nll = Density.studentT(
      graph.constant(2.5), mean: graph.constant(1), scale: graph.constant(2), freedom: graph.input("freedom", [2]))
    return NaiveTwin.evaluate([nll], inputs: ["freedom": freedom])[0]
  }
}
