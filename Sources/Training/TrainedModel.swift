package import Experiments
package import Methods
import Distributions
import Networks
package import Tensors

/// A model with trained weights.
///
/// Its programs are planned once, for a fixed number of rows; longer matrices go through in chunks of that many, the
/// last filled up with zeros, so what is computed for a row does not depend on how many rows are asked for.
package final class TrainedModel: LatentVariableModel {
  package let latents: Int
  package let size: Int
  /// SHA-256 of the weights, in order of name: each name's UTF-8 bytes, then its numbers as little-endian Float32.
  package let weightsHash: String
  /// `loss`, `reconstruction` and `kl` by iteration, in nats per image, and `log-sigma` where it is learned; empty for a
  /// model that was loaded.
  package let curves: [CurvePoint]
  package let learnedLogDeviation: Double?

  private let parameters: ParameterStore
  private let encoder: Inference
  private let decoder: Inference
  /// To draws of p(x|z); `nil` where means are shown.
  private let drawer: Inference?
  private let distortion: Inference
  /// In nats per item.
  private let omittedDistortion: Double
  /// To z₀ and back; `nil` where g is the identity.
  private let transport: (generation: Inference, representation: Inference)?
  /// From noise of two kinds to codes z of the first stage, and from those to posteriors q(u|z); `nil` without a second
  /// stage.
  private let secondStage: (codes: Inference, posterior: Inference)?

  init(
    _ configuration: Configuration, parameters: ParameterStore, curves: [CurvePoint], executor: any Executor
  ) throws {
    let model = try LatentModel(configuration)
    let compile = { (shapes: [Shape], trace: ([Tensor]) -> [Tensor]) in
      try Inference(rowShapes: shapes, parameters, executor, trace)
    }
    let codes: Shape = [model.latents]
    latents = model.latents
    size = model.itemShape.count
    omittedDistortion = model.likelihood.omittedDistortion(size: size)
    weightsHash = parameters.contentHash
    learnedLogDeviation = model.likelihood.learnedLogDeviation(in: parameters)
    self.parameters = parameters
    self.curves = curves
    encoder = try compile([model.itemShape]) {
      let posterior = model.posterior(of: $0[0])
      return [posterior.mean, posterior.logVariance]
    }
    decoder = try compile([codes]) { [model.decoded($0[0])] }
    let showsDraws = type(of: model.likelihood).card.showsDraws
    drawer = showsDraws ? try compile([codes]) { [model.shown($0[0])] } : nil
    distortion = try compile([model.itemShape, codes]) {
      let errors = model.errors(of: $0[0], given: $0[1])
      return [errors.distortion, errors.squaredError]
    }
    transport =
      model.prior.isIdentity
      ? nil
      : (
        try compile([codes]) {
          let (codes, logDeterminants) = model.prior.generation(of: $0[0])
          return [codes, logDeterminants]
        },
        try compile([codes]) { [model.prior.representation(of: $0[0])] }
      )
    secondStage = try configuration.secondStage.map { stage in
      (
        try compile([codes, codes]) { [stage.codes(from: $0[0], noise: $0[1])] },
        try compile([codes]) {
          let posterior = stage.posterior(of: $0[0])
          return [posterior.mean, posterior.logVariance]
        }
      )
    }
  }

  package func encode(_ items: Matrix) -> Posteriors { Posteriors(encoder(items)) }

  package func decode(_ codes: Matrix) -> Matrix { decoder(codes)[0] }

  package func show(_ codes: Matrix, by generator: Generator, from row: Int) -> Matrix {
    drawer?(codes, seed: generator.key, from: row)[0] ?? decode(codes)
  }

  package func distortions(of items: Matrix, given codes: Matrix) -> [Double] {
    errors(of: items, given: codes).distortions
  }

  package func errors(of items: Matrix, given codes: Matrix) -> (distortions: [Double], squaredErrors: [Double]) {
    let parts = distortion(items, codes)
    return (parts[0].values.map { Double($0) + omittedDistortion }, parts[1].values.map(Double.init))
  }

  package func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) {
    guard let transport else { return (codes, Array(repeating: 0, count: codes.rows)) }
    let parts = transport.generation(codes)
    return (parts[0], parts[1].values)
  }

  package func representation(of generationCodes: Matrix) -> Matrix {
    transport?.representation(generationCodes)[0] ?? generationCodes
  }

  /// z = g⁻¹(z₀), z₀ ~ N(0, I); with a second stage z = ẑ(u) + γ · noise, u ~ N(0, I).
  package func priorCodes(_ count: Int, by generator: Generator, stream: UInt64) -> Matrix {
    let normals = { (generator: Generator) in
      Matrix(
        rows: count, columns: self.latents, values: generator.normals(count * self.latents, stream: stream))
    }
    guard let secondStage else { return representation(of: normals(generator)) }
    return secondStage.codes(normals(generator), normals(generator.split("second stage")))[0]
  }

  package func secondPosteriors(of codes: Matrix) -> Posteriors? {
    secondStage.map { Posteriors($0.posterior(codes)) }
  }
}

extension Posteriors {
  /// Of a program that puts out means and logarithms of variances.
  fileprivate init(_ outputs: [Matrix]) { self.init(means: outputs[0], logVariances: outputs[1]) }
}

extension TrainedModel {
  /// Writes the weights as a safetensors file, to a temporary name first.
  /// - Throws: `CheckpointError.unwritable`.
  package func save(to path: String) throws { try Checkpoint(of: parameters).write(to: path) }

  /// A model with the weights of a file that `save` wrote for the same configuration.
  /// - Throws: `CheckpointError` where the file cannot be read or holds other parameters; `SettingsError`.
  package convenience init(
    loading path: String, configuration: Configuration, executor: any Executor
  ) throws {
    let parameters = try ParameterStore(of: configuration)
    try Checkpoint(reading: path).copy(to: parameters, path: path)
    try self.init(configuration, parameters: parameters, curves: [], executor: executor)
  }
}

extension ParameterStore {
  /// The parameters that training a configuration ends with, at first values of no seed.
  /// - Throws: `SettingsError`.
  fileprivate convenience init(of configuration: Configuration) throws {
    self.init()
    for part in try TrainingProgram(configuration, trainCount: configuration.training.batch).parts {
      add(parametersOf: part.program.graph, seed: 0)
    }
    if let stage = configuration.secondStage {
      add(parametersOf: secondStageProgram(stage, batch: configuration.training.batch).graph, seed: 0)
    }
  }
}
