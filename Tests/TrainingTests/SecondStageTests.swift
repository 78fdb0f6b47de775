import Datasets
import Execution
import Experiments
import Methods
import Tensors
import Testing

@testable import Training

/// Two-Stage VAE's second phase: a training on codes.
@Suite struct SecondStageTests {
  /// Four iterations.
  private func training() throws -> TrainingSettings {
    var training = try Sample(learningRate: 1e-3).configuration().training
    training.secondStage.iterations = 4
    return training
  }

  @Test func `the second phase leaves the first stage's parameters bit for bit and moves all of its own`() throws {
    let (store, posteriors) = try firstStage()
    let before = store.snapshot
    let stage = SecondStage(latents: 2, width: 24)
    try train(stage, on: posteriors, training(), seed: 1, parameters: store, executor: CPUExecutor()) { _, _ in }
    for (name, values) in before { #expect(values.elementsEqual(store.values(name)), "\(name)") }
    let own = store.slices.map(\.name).filter { $0.hasPrefix(SecondStage.scope) }
    #expect(own.count == store.slices.count - before.count && own.count == 19)
    // Biases start at zero and the deviation's logarithm too: what has moved is no longer zero everywhere.
    for name in own { #expect(store.values(name).contains { $0 != 0 }, "\(name)") }
  }

  @Test func `the second phase follows the naive twin's, step for step`() throws {
    let losses = try [CPUExecutor() as any Executor, TwinExecutor()].map { (executor: any Executor) -> [Double] in
      var losses: [Double] = []
      let (store, posteriors) = try firstStage()
      try train(
        SecondStage(latents: 2, width: 24), on: posteriors, training(), seed: 5, parameters: store, executor: executor
      ) { losses.append($1.loss) }
      return losses
    }
    #expect(losses[0].count == 4)
    // Float32 against Double: 1e-7 an operation, growing along four dependent steps and eight layers.
    for (ours, twins) in zip(losses[0], losses[1]) { #expect(abs(ours - twins) < 1e-3 * max(1, abs(twins))) }
  }

  @Test func `a longer second phase comes to a lower loss, the same each time`() throws {
    var longer = try training()
    longer.secondStage.iterations = 200
    let runs = try (0..<2).map { (_: Int) -> [Double] in
      var losses: [Double] = []
      let (store, posteriors) = try firstStage()
      try train(
        SecondStage(latents: 2, width: 24), on: posteriors, longer, seed: 5, parameters: store, executor: CPUExecutor()
      ) { losses.append($1.loss) }
      return losses
    }
    #expect(runs[0] == runs[1])
    let (early, late) = (runs[0].prefix(5).reduce(0, +) / 5, runs[0].suffix(20).reduce(0, +) / 20)
    #expect(late < early - 0.3, "from \(early) to \(late)")
  }

  @Test func `rows of two tables in one batch belong to the same items`() throws {
    let table = Matrix(rows: 30, columns: 1, values: (0..<30).map(Float.init))
    let graph = Graph()
    let (a, b) = (graph.input("a", [5, 1]), graph.input("b", [5, 1]))
    let part = TrainingPart(
      name: "rows",
      program: Program(graph: graph, outputs: [("difference", a - b), ("a", a + 0)]),
      feeds: [("a", .rows(table)), ("b", .rows(table))])
    let configuration = try Sample().configuration()
    var phase = try Phase(
      [part], parameters: ParameterStore(), executor: CPUExecutor(), seed: 1,
      batches: { Batches(of: .arcs(), configuration, seed: 1, purpose: $0) },
      shuffle: { Shuffle(count: $0, batch: 5, by: Generator(seed: 2)) })
    var seen: [Float] = []
    for step in 0..<6 {
      phase.run(step: step)
      #expect(phase.stations[0].executable.output("difference").allSatisfy { $0 == 0 })
      seen += phase.stations[0].executable.output("a")
    }
    #expect(seen.sorted() == table.values)
  }

  /// Runs all iterations of a second stage's training.
  private func train(
    _ stage: SecondStage, on posteriors: Posteriors, _ training: TrainingSettings, seed: UInt64,
    parameters: ParameterStore, executor: any Executor, record: (_ iteration: Int, _ losses: Losses) -> Void
  ) throws {
    var stage = try secondStage(
      stage, on: posteriors, training, seed: seed, parameters: parameters, executor: executor)
    for iteration in 1...stage.iterations { record(iteration, try stage.run(iteration: iteration)) }
  }

  /// A store with a trained first stage, and its posteriors of the training items.
  private func firstStage() throws -> (ParameterStore, Posteriors) {
    let configuration = try Sample(iterations: 20).configuration()
    let store = ParameterStore()
    for part in try TrainingProgram(configuration, trainCount: 53).parts {
      store.add(parametersOf: part.program.graph, seed: 1)
    }
    let model = try TrainedModel(configuration, parameters: store, curves: [], executor: CPUExecutor())
    let items = Dataset.arcs().train
    return (store, model.encode(items.matrix(0..<items.count)))
  }
}
