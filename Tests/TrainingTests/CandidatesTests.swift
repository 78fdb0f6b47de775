import Experiments
import Tensors
import Testing

@testable import Training

@Suite struct CandidatesTests {
  @Test func `the last weights stay where the last are asked for`() throws {
    #expect(try selected(.last, losses: [1, 2, 3, 4]) == 4)
  }

  @Test func `of the checkpoints the one before which the mean loss was lowest is put back`() throws {
    // Means before iterations 2, 4, 6 and the end, 7: 5, 2, 3 and 3.5.
    #expect(try selected(.best, losses: [9, 1, 2, 2, 3, 3, 4]) == 4)
  }

  @Test func `the end is a candidate too`() throws {
    // Means before iterations 2, 4, 6 and the end, 7: 5, 2, 2 and 0.5.
    #expect(try selected(.best, losses: [9, 1, 2, 2, 3, 1, 0]) == 7)
  }

  @Test func `of two equal candidates the earlier is kept`() throws {
    #expect(try selected(.best, losses: [1, 1, 1, 1]) == 2)
  }

  /// The iteration whose weights are selected, of checkpoints every two iterations.
  private func selected(_ selection: TrainingSettings.Selection, losses: [Double]) throws -> Float {
    let (graph, parameters) = (Graph(), ParameterStore())
    _ = graph.parameter("iteration", [1], .constant(0))
    parameters.add(parametersOf: graph, seed: 0)
    let sample = Sample(iterations: losses.count, selection: selection, checkpointEvery: 2)
    var candidates = Candidates(try sample.configuration().training)
    for (index, loss) in losses.enumerated() {
      parameters.values("iteration")[0] = Float(index + 1)
      candidates.record(loss: loss, iteration: index + 1, parameters)
    }
    candidates.restore(parameters)
    return parameters.values("iteration")[0]
  }
}
