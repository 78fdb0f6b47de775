import Experiments
import Distributions
import Methods
import Tensors

/// The traced iteration: items in, losses out, one step of Adam on every parameter.
struct TrainingProgram {
  let graph = Graph(isTraining: true)
  let program: Program
  private let batch: Int
  private let omittedRate: Double

  /// - Throws: `SettingsError`.
  init(_ configuration: Configuration) throws {
    let (model, training) = (try LatentModel(configuration), configuration.training)
    let method = try MethodCatalog.method(configuration.method)
    batch = training.batch
    omittedRate = model.prior.omittedRate
    let items = graph.input("items", Shape([batch] + model.itemShape.dimensions))
    let pass = model.pass(over: items, noise: graph.normal([batch, model.latents], purpose: "noise"))
    let loss = method.objective(pass)
    let optimizer = Adam(
      rate: Float(training.learningRate), beta1: Float(training.beta1), beta2: Float(training.beta2),
      epsilon: Float(training.epsilon))
    program = Program(
      graph: graph, outputs: [("loss", loss), ("reconstruction", pass.reconstruction), ("kl", pass.rates.sum())],
      update: Update(of: graph.trainedParameters, toLessen: loss, by: optimizer))
  }

  /// The losses of the last run.
  func losses(of executable: any Executable) -> Losses {
    let perImage = { (name: String) in Double(executable.scalar(name)) / Double(batch) }
    return Losses(
      loss: perImage("loss"), reconstruction: perImage("reconstruction"), kl: perImage("kl") + omittedRate)
  }
}

/// The losses of a batch, or their means over several, in nats per image.
struct Losses: Equatable {
  /// The objective as it is minimised, without the constants that the papers leave out.
  var loss = 0.0
  /// w · SSE, the Gaussian decoder's negative log-likelihood without its constants.
  var reconstruction = 0.0
  /// KL(q(z|x) ‖ p(z)), with the constant that the objective leaves out of a decoupled prior's.
  var kl = 0.0

  var isFinite: Bool { loss.isFinite && reconstruction.isFinite && kl.isFinite }

  /// In the order of the curves.
  var named: [(name: String, value: Double)] { [("loss", loss), ("reconstruction", reconstruction), ("kl", kl)] }

  static func += (total: inout Losses, next: Losses) {
    total.loss += next.loss
    total.reconstruction += next.reconstruction
    total.kl += next.kl
  }

  func divided(by count: Int) -> Losses {
    Losses(loss: loss / Double(count), reconstruction: reconstruction / Double(count), kl: kl / Double(count))
  }
}
