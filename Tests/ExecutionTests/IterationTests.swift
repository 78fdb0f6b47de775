import Execution
import Tensors
import Testing

@Suite struct IterationTests {
  @Test func `iterations are counted from 1, anew in each run`() throws {
    let graph = Graph()
    let program = Program(graph: graph, outputs: [("iteration", graph.iteration), ("half", graph.iteration * 0.5)])
    let executable = try CPUExecutor().compile(program, parameters: ParameterStore())
    for step: UInt64 in [0, 1, 2, 99_999, 16_777_215] {
      executable.run(seed: 3, step: step)
      #expect(executable.scalar("iteration") == Float(step + 1))
      #expect(executable.scalar("half") == Float(step + 1) / 2)
    }
  }
}
