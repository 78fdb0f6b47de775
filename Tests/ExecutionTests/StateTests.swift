import Execution
import Tensors
import Testing

@Suite struct StateTests {
  @Test func `a state keeps what a run assigned to it, and the run itself reads the old value`() throws {
    let graph = Graph(isTraining: true)
    let count = graph.state("count", [2], .constant(5))
    let read = count * 1
    graph.assign(count, count * 2 + 1)
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    let program = Program(graph: graph, outputs: [("read", read)])
    let executable = try CPUExecutor().compile(program, parameters: store)
    for expected in [5, 11, 23] as [Float] {
      executable.run(seed: 0, step: 0)
      #expect(Array(executable.output("read")) == [expected, expected])
    }
    #expect(Array(store.values("count")) == [47, 47])
  }

  @Test func `an optimiser leaves states alone`() throws {
    let graph = Graph(isTraining: true)
    let weight = graph.parameter("weight", [3], .constant(1))
    let state = graph.state("state", [3], .constant(2))
    let loss = (weight * state).square.sum()
    #expect(graph.trainedParameters.map(\.index) == [weight.index])
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    let update = Update(of: graph.trainedParameters, toLessen: loss, by: Adam(rate: 0.5))
    try CPUExecutor().compile(Program(graph: graph, outputs: [], update: update), parameters: store)
      .run(seed: 0, step: 0)
    #expect(store.values("weight").allSatisfy { abs($0 - 0.5) < 1e-6 })
    #expect(Array(store.values("state")) == [2, 2, 2])
  }

  @Test func `the learning rate follows its schedule`() throws {
    let graph = Graph(isTraining: true)
    let weight = graph.parameter("weight", [], .constant(0))
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    // A constant gradient makes each of Adam's steps as long as the rate.
    let adam = Adam(rate: 1, epsilon: 0, schedule: .halving(every: 2))
    let update = Update(of: [weight], toLessen: -weight, by: adam)
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: [], update: update), parameters: store)
    var places: [Float] = [0]
    for step in 0..<6 {
      executable.run(seed: 0, step: UInt64(step))
      places.append(store.values("weight")[0])
    }
    let steps = zip(places.dropFirst(), places).map { $0 - $1 }
    for (step, expected) in zip(steps, [1, 1, 0.5, 0.5, 0.25, 0.25] as [Float]) { #expect(abs(step - expected) < 1e-5) }
  }
}
