import Methods
import Tensors

/// How long and how fast a second stage is trained.
struct SecondStageSettings {
  var iterations: Int
  var batch: Int
  var optimizer: Adam
}

/// Trains a second stage on the codes of a first one, whose parameters in the same store stay as they are.
///
/// Each iteration draws codes z = mean + σ · noise anew from a batch of posteriors. Its random numbers are split from the
/// seed under the second stage's own purposes, and Adam counts from its first iteration.
/// - Parameters:
///   - posteriors: of all training items by the finished first stage.
///   - record: told the mean loss in nats per code of each iteration, counted from 1.
/// - Throws: what the executor throws on compiling, and `TrainingError.diverged`.
func train(
  _ stage: SecondStage, on posteriors: Posteriors, _ settings: SecondStageSettings, seed: UInt64,
  parameters: ParameterStore, executor: any Executor, record: (_ iteration: Int, _ loss: Double) -> Void = { _, _ in }
) throws {
  let order = Generator(seed: seed).split("shuffle").split(SecondStage.scope)
  var phase = try Phase(
    [secondStagePart(stage, posteriors, settings)], parameters: parameters, executor: executor, seed: seed,
    batches: { _ in preconditionFailure("a second stage sees no items") },
    shuffle: { Shuffle(count: $0, batch: settings.batch, by: order) })
  for done in 1...settings.iterations {
    phase.run(step: done - 1)
    let loss = Double(phase.stations[0].executable.scalar("loss"))
    guard loss.isFinite else { throw TrainingError.diverged(iteration: done) }
    record(done, loss)
  }
}

private func secondStagePart(
  _ stage: SecondStage, _ posteriors: Posteriors, _ settings: SecondStageSettings
) -> TrainingPart {
  let graph = Graph(isTraining: true)
  let shape: Shape = [settings.batch, stage.latents]
  let deviations = (graph.input("logVariances", shape) * 0.5).exp
  let codes = graph.input("means", shape) + graph.normal(shape, purpose: SecondStage.scope + "codes") * deviations
  let (reconstruction, kl) = stage.objective(
    of: codes, noise: graph.normal(shape, purpose: SecondStage.scope + "noise"))
  let loss = reconstruction + kl
  let update = Update(of: graph.trainedParameters, toLessen: loss, by: settings.optimizer)
  return TrainingPart(
    name: "second stage",
    program: Program(graph: graph, outputs: [("loss", loss)], update: update),
    feeds: [("means", .rows(posteriors.means)), ("logVariances", .rows(posteriors.logVariances))])
}
