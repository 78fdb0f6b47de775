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
  package let noiseVariance: Double
  /// SHA-256 of the weights, in order of name: each name's UTF-8 bytes, then its numbers as little-endian Float32.
  package let weightsHash: String
  /// `loss`, `reconstruction` and `kl` by iteration, in nats per image; empty for a model that was loaded.
  package let curves: [CurvePoint]

  private let parameters: ParameterStore
  private let encoder: Inference
  private let decoder: Inference
  /// To z₀ and back; `nil` where g is the identity.
  private let transport: (generation: Inference, representation: Inference)?

  init(
    _ configuration: Configuration, parameters: ParameterStore, curves: [CurvePoint], executor: any Executor
  ) throws {
    let model = try LatentModel(configuration)
    let compile = { (shape: Shape, trace: (Tensor) -> [Tensor]) in
      try Inference(rowShape: shape, parameters, executor, trace)
    }
    latents = model.latents
    size = model.itemShape.count
    noiseVariance = 1 / (2 * model.mseWeight)
    weightsHash = parameters.contentHash
    self.parameters = parameters
    self.curves = curves
    encoder = try compile(model.itemShape) {
      let posterior = model.posterior(of: $0)
      return [posterior.mean, posterior.logVariance]
    }
    decoder = try compile([latents]) { [model.decoder($0)] }
    switch configuration.method.prior {
    case .standard: transport = nil
    case .decoupled:
      let generation = try compile([latents]) {
        let (codes, logDeterminants) = model.prior.generation(of: $0)
        return [codes, logDeterminants]
      }
      transport = (generation, try compile([latents]) { [model.prior.representation(of: $0)] })
    }
  }

  package func encode(_ items: Matrix) -> Posteriors {
    let parts = encoder(items)
    return Posteriors(means: parts[0], logVariances: parts[1])
  }

  package func decode(_ codes: Matrix) -> Matrix { decoder(codes)[0] }

  package func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) {
    guard let transport else { return (codes, Array(repeating: 0, count: codes.rows)) }
    let parts = transport.generation(codes)
    return (parts[0], parts[1].values)
  }

  package func representation(of generationCodes: Matrix) -> Matrix {
    transport?.representation(generationCodes)[0] ?? generationCodes
  }
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
    let parameters = ParameterStore()
    for part in try TrainingProgram(configuration).parts { parameters.add(parametersOf: part.program.graph, seed: 0) }
    try Checkpoint(reading: path).copy(to: parameters, path: path)
    try self.init(configuration, parameters: parameters, curves: [], executor: executor)
  }
}
