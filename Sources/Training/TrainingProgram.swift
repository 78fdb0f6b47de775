import Experiments
import Distributions
import Methods
import Tensors

/// The traced iteration: items in, losses out, and one step of Adam in each part.
///
/// The first part is the model's step. A method with a companion has a second one, which takes up the codes of the first
/// and draws a second batch.
struct TrainingProgram {
  let parts: [TrainingPart]
  private let batch: Int
  /// The numbers of an item.
  private let size: Int
  private let omittedRate: Double
  private let givesError: Bool

  /// - Throws: `SettingsError`.
  init(_ configuration: Configuration, trainCount: Int) throws {
    try self.init(configuration, method: MethodCatalog.method(configuration.method), trainCount: trainCount)
  }

  /// - Throws: `SettingsError`.
  init(_ configuration: Configuration, method: any Method, trainCount: Int) throws {
    let (model, training) = (try LatentModel(configuration), configuration.training)
    (batch, size) = (training.batch, model.itemShape.count)
    omittedRate = configuration.method.posterior == .deterministic ? 0 : model.prior.omittedRate
    givesError = model.likelihood.givesMean
    let first = Self.modelStep(model, method, training, trainCount: trainCount)
    parts = [first] + [method.companion].compactMap { $0 }.map { Self.companionStep($0, model, batch: training.batch) }
  }

  /// Encoder, decoder and prior learn; a companion's parameters stay as they are.
  private static func modelStep(
    _ model: LatentModel, _ method: any Method, _ training: TrainingSettings, trainCount: Int
  ) -> TrainingPart {
    let graph = Graph(isTraining: true)
    let items = graph.input("items", Shape([training.batch] + model.itemShape.dimensions))
    let pass = model.pass(
      over: items, noise: graph.normal([training.batch, model.latents], purpose: "noise"), trainCount: trainCount,
      disturbed: method.inputNoise > 0
        ? items + graph.normal(items.shape, purpose: "input noise") * method.inputNoise : nil)
    let loss = method.objective(pass)
    let learning = graph.trainedParameters.filter { method.companion?.owns($0) != true }
    let error = pass.squaredError.map { [(name: "squaredError", tensor: $0)] } ?? []
    let carried = method.companion == nil ? [] : [(name: "codes", tensor: pass.codes)]
    let program = Program(
      graph: graph,
      outputs: [("loss", loss), ("reconstruction", pass.reconstruction), ("kl", pass.rates.sum())] + error + carried,
      update: Update(of: learning, toLessen: loss, by: training.optimizer))
    return TrainingPart(name: "model", program: program, feeds: [("items", .items(purpose: nil))])
  }

  /// The companion learns from the codes of the model's step and from those of a second batch; the model stays.
  private static func companionStep(_ companion: Companion, _ model: LatentModel, batch: Int) -> TrainingPart {
    let graph = Graph(isTraining: true)
    let codes = graph.input("codes", [batch, model.latents])
    let items = graph.input("items", Shape([batch] + model.itemShape.dimensions))
    let noise = graph.normal([batch, model.latents], purpose: "\(companion.name)/noise")
    let loss = companion.objective(codes, model.codes(of: items, noise: noise).codes)
    let program = Program(
      graph: graph, outputs: [(companion.name, loss)],
      update: Update(
        of: graph.trainedParameters.filter(companion.owns), toLessen: loss, by: companion.optimizer))
    return TrainingPart(
      name: companion.name, program: program,
      feeds: [("codes", .carried), ("items", .items(purpose: companion.name))])
  }

  /// The losses of the model's last step.
  func losses(of phase: Phase) -> Losses {
    let executable = phase.stations[0].executable
    let perImage = { (name: String) in Double(executable.scalar(name)) / Double(batch) }
    return Losses(
      loss: perImage("loss"), reconstruction: perImage("reconstruction"), kl: perImage("kl") + omittedRate,
      squaredError: givesError ? perImage("squaredError") / Double(size) : nil)
  }
}

extension TrainingSettings {
  /// Adam for the model's step.
  var optimizer: Adam { optimizer(halvingEvery: halveEvery) }

  /// Adam for a second stage.
  var secondStageOptimizer: Adam { optimizer(halvingEvery: secondStage.halveEvery) }

  private func optimizer(halvingEvery period: Int) -> Adam {
    Adam(
      rate: Float(learningRate), beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
      schedule: period > 0 ? .halving(every: UInt64(period)) : .constant)
  }
}
