import Experiments
import Methods
import Tensors

/// A second stage's training on the codes of a first one, whose parameters in the same store stay as they are.
///
/// Each iteration draws codes z = mean + σ · noise anew from a batch of posteriors. Its random numbers are split from the
/// seed under the second stage's own purposes, and Adam counts from its first iteration. Losses are means in nats per
/// code.
/// - Parameters:
///   - posteriors: of all training items by the finished first stage.
/// - Throws: what the executor throws on compiling.
func secondStage(
  _ stage: SecondStage, on posteriors: Posteriors, _ training: TrainingSettings, seed: UInt64,
  parameters: ParameterStore, executor: any Executor
) throws -> Stage {
  let order = Generator(seed: seed).split("shuffle").split(SecondStage.scope)
  let phase = try Phase(
    [secondStagePart(stage, posteriors, training)], parameters: parameters, executor: executor, seed: seed,
    batches: { _ in preconditionFailure("a second stage sees no items") },
    shuffle: { Shuffle(count: $0, batch: training.batch, by: order) })
  return Stage(
    phase: phase, iterations: training.secondStage.iterations,
    losses: { phase in
      let scalar = { (name: String) in Double(phase.stations[0].executable.scalar(name)) }
      return Losses(loss: scalar("loss"), reconstruction: scalar("reconstruction"), kl: scalar("kl"))
    },
    logDeviation: { stage.learnedLogDeviation(in: parameters) })
}

private func secondStagePart(
  _ stage: SecondStage, _ posteriors: Posteriors, _ training: TrainingSettings
) -> TrainingPart {
  let (graph, outputs) = secondStageProgram(stage, batch: training.batch)
  let update = Update(of: graph.trainedParameters, toLessen: outputs[0].tensor, by: training.secondStageOptimizer)
  return TrainingPart(
    name: "second stage", program: Program(graph: graph, outputs: outputs, update: update),
    feeds: [("means", .rows(posteriors.means)), ("logVariances", .rows(posteriors.logVariances))])
}

/// The second stage's step, traced without its update: the loss comes first among its outputs.
func secondStageProgram(
  _ stage: SecondStage, batch: Int
) -> (graph: Graph, outputs: [(name: String, tensor: Tensor)]) {
  let (graph, shape) = (Graph(isTraining: true), [batch, stage.latents] as Shape)
  let deviations = (graph.input("logVariances", shape) * 0.5).exp
  let codes = graph.input("means", shape) + graph.normal(shape, purpose: SecondStage.scope + "codes") * deviations
  let (reconstruction, kl) = stage.objective(
    of: codes, noise: graph.normal(shape, purpose: SecondStage.scope + "noise"))
  return (graph, [("loss", reconstruction + kl), ("reconstruction", reconstruction), ("kl", kl)])
}
