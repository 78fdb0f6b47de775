import Execution
import NaiveTwin
import Tensors
import Testing

/// A result depends on the program, its inputs, the seed and the step, and on nothing else: bit for bit.
@Suite struct SameBitsTests {
  @Test(arguments: OperationCatalog.all)
  func `running again gives the same bits, whatever ran in between`(entry: CatalogCase) throws {
    let trace = entry.traced()
    let plan = try Execution(trace, at: entry.point(1))
    let first = plan.run(seed: 1, step: 2)
    _ = plan.run(seed: 3, step: 4)
    #expect(plan.run(seed: 1, step: 2) == first)
  }

  @Test(arguments: OperationCatalog.all)
  func `planning again gives the same bits`(entry: CatalogCase) throws {
    let plans = try (0..<2).map { _ in try Execution(entry.traced(), at: entry.point(1)) }
    #expect(plans[0].run(seed: 1, step: 2) == plans[1].run(seed: 1, step: 2))
  }

  @Test(arguments: OperationCatalog.all)
  func `a graph beside others in one program gives the same numbers`(entry: CatalogCase) throws {
    let trace = entry.traced()
    let alone = try Execution(trace, at: entry.point(1)).run(seed: 1, step: 2)
    // Readers that fuse with what they read, and need every intermediate value.
    let others = [
      trace.output.square.sum(), (trace.output * 3).tanh, trace.output.reshaped([trace.output.shape.count]),
    ]
    let together = try Execution(trace, at: entry.point(1), beside: others).run(seed: 1, step: 2)
    expectAgreement(
      together.map { $0.map(Float.init(bitPattern:)) }, alone.map { $0.map { Double(Float(bitPattern: $0)) } })
  }

  /// A compiled case with its inputs filled in.
  private struct Execution {
    private let executable: any Executable
    private let count: Int

    init(_ trace: CatalogTrace, at point: Point, beside others: [Tensor] = []) throws {
      let store = ParameterStore()
      store.add(parametersOf: trace.graph, seed: 1)
      let wanted = [trace.output, trace.loss] + trace.gradients
      let outputs = (wanted + others).enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
      executable = try CPUExecutor().compile(Program(graph: trace.graph, outputs: outputs), parameters: store)
      count = wanted.count
      executable.fill(from: point, inputsOf: wanted)
    }

    /// The bits of the outputs after a run.
    func run(seed: UInt64, step: UInt64) -> [[UInt32]] {
      executable.run(seed: seed, step: step)
      return (0..<count).map { executable.output("\($0)").map(\.bitPattern) }
    }
  }
}
