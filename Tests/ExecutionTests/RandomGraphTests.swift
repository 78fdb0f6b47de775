import Execution
import NaiveTwin
import Tensors
import Testing

/// Fusion, layouts and shared memory must not change what a graph means, whatever it looks like.
@Suite struct RandomGraphTests {
  @Test(arguments: UInt64(0)..<40)
  func `a graph of matrices agrees with the twin`(seed: UInt64) throws {
    try expectAgreement(of: RandomGraph(matricesFrom: seed, operations: 30))
  }

  @Test(arguments: UInt64(0)..<20)
  func `a graph of images agrees with the twin`(seed: UInt64) throws {
    try expectAgreement(of: RandomGraph(imagesFrom: seed, operations: 16))
  }

  /// Loss, gradients and values on the way are all asked for at once, so that much is shared and little may be dropped.
  private func expectAgreement(
    of random: RandomGraph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var random = random
    let loss = random.loss()
    let outputs =
      [loss] + random.graph.gradients(of: loss, withRespectTo: random.leaves) + random.someTensors(5)
    let store = ParameterStore()
    store.add(parametersOf: random.graph, seed: 1)
    let point = random.point(store, seed: 2)
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: store, seed: 3, step: 4)
    let expected = NaiveTwin.evaluate(outputs, at: point, seed: 3, step: 4)
    ExecutionTests.expectAgreement(
      values, expected, of: outputs.map { "\($0.node.operation) \($0.shape)" }, sourceLocation: sourceLocation)
  }
}
