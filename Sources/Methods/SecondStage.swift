package import Experiments
import Networks
package import Tensors

/// Two-Stage VAE's second stage: a VAE of the codes that a first one has learned, with a learned decoder deviation.
///
/// Source: Two-Stage VAE (arXiv 1903.05789), Sec. 4; github daib13/TwoStageVAE, network/two_stage_vae_model.py.
package struct SecondStage: Sendable {
  /// What stands before its parameters' names.
  package static let scope = "second."

  /// ½ ln 2π
  private static let halfLogTau: Float = 0.918_938_5

  /// The number of the first stage's latent dimensions, and of its own.
  package let latents: Int
  private let network: SecondStageNetwork

  /// - Parameter width: of the hidden layers, 1024 in the paper's code.
  package init(latents: Int, width: Int = 1024) {
    self.latents = latents
    network = SecondStageNetwork(codes: latents, width: width, scope: Self.scope)
  }

  /// The posteriors q(u|z) of codes z `[batch, L]`, each part `[batch, L]`.
  package func posterior(of codes: Tensor) -> (mean: Tensor, logVariance: Tensor) {
    let head = network.encoder(latents: latents, leakySlope: 0)(codes)
    return (head.slice(axis: 1, 0..<latents), head.slice(axis: 1, latents..<(2 * latents)))
  }

  /// Codes u `[batch, L]` to the mean of z `[batch, L]`.
  package func decoded(_ codes: Tensor) -> Tensor { network.decoder(latents: latents, leakySlope: 0)(codes) }

  /// z = ẑ(u) + γ · noise: codes u and standard normal numbers to codes of the first stage, `[batch, L]` each.
  package func codes(from codes: Tensor, noise: Tensor) -> Tensor {
    decoded(codes) + noise * logDeviation(in: codes.graph).exp
  }

  /// log γ, where γ is the standard deviation of z about its mean: a scalar.
  package func logDeviation(in graph: Graph) -> Tensor {
    graph.parameter(Self.deviation, .scalar, .constant(0))
  }

  private static let deviation = scope + "logDeviation"

  /// The value of log γ.
  package func learnedLogDeviation(in parameters: ParameterStore) -> Double {
    Double(parameters.values(Self.deviation)[0])
  }

  /// The mean negative evidence lower bound of codes z `[batch, L]`, in nats per code, as its two parts: scalars.
  /// - Parameter noise: standard normal numbers, `[batch, L]`.
  package func objective(of codes: Tensor, noise: Tensor) -> (reconstruction: Tensor, kl: Tensor) {
    let (mean, logVariance) = posterior(of: codes)
    let logDeviation = logDeviation(in: codes.graph)
    let (share, dimensions) = (1 / Float(codes.shape[0]), Float(latents))
    let errors = (codes - decoded(mean + noise * (logVariance * 0.5).exp)).square.sum()
    let reconstruction =
      (0.5 * share) * errors * (logDeviation * -2).exp + dimensions * (logDeviation + Self.halfLogTau)
    let kl = (0.5 * share) * (mean.square + logVariance.exp - logVariance - 1).sum()
    return (reconstruction, kl)
  }
}

extension Configuration {
  /// The second stage that it trains, if any.
  package var secondStage: SecondStage? {
    training.secondStage.iterations > 0 ? SecondStage(latents: network.latents) : nil
  }
}
