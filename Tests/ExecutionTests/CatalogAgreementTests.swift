import Execution
import NaiveTwin
import Tensors
import Testing

/// Every operation on the processor against its meaning.
@Suite struct CatalogAgreementTests {
  @Test(arguments: OperationCatalog.all)
  func `value and gradient agree with the twin`(entry: CatalogCase) throws {
    let trace = entry.traced()
    try expectAgreement(of: [trace.output, trace.loss] + trace.gradients, entry)
  }

  @Test(arguments: OperationCatalog.all)
  func `the value alone agrees with the twin`(entry: CatalogCase) throws {
    try expectAgreement(of: [entry.traced().output], entry)
  }

  @Test(arguments: OperationCatalog.all.filter(\.isTwiceDifferentiable))
  func `the gradient of the squared gradient agrees with the twin`(entry: CatalogCase) throws {
    let trace = entry.traced()
    let loss = trace.gradients.map { $0.square.mean() }.reduce(trace.graph.constant(0), +)
    try expectAgreement(of: trace.graph.gradients(of: loss, withRespectTo: trace.variables), entry)
  }

  private func expectAgreement(
    of outputs: [Tensor], _ entry: CatalogCase, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let point = entry.point(4)
    let store = ParameterStore()
    store.add(parametersOf: outputs[0].graph, seed: 4)
    let values = try CPUExecutor().evaluate(outputs, at: point, parameters: store, seed: 5, step: 6)
    let expected = NaiveTwin.evaluate(outputs, at: point, seed: 5, step: 6)
    ExecutionTests.expectAgreement(
      values, expected, of: outputs.map { "\($0.node.operation) \($0.shape)" }, sourceLocation: sourceLocation)
  }
}
