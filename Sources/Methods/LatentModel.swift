package import Distributions
package import Experiments
package import Networks
package import Tensors

/// The model that a configuration names, ready to be traced: networks, prior and decoder variance, without numbers.
package struct LatentModel: Sendable {
  /// The number L of latent dimensions.
  package let latents: Int
  /// The shape of one item.
  package let itemShape: Shape
  package let encoder: Sequential
  package let decoder: Sequential
  package let prior: any Prior
  /// The weight w of the squared error.
  package let mseWeight: Double

  /// - Throws: `SettingsError` where the network is unknown or a number cannot be used.
  package init(_ configuration: Configuration) throws(SettingsError) {
    let (network, weight) = (configuration.network, configuration.method.mseWeight)
    guard let architecture = NetworkCatalog.network(named: network.name) else {
      throw .unknownNetwork(network.name, known: NetworkCatalog.all.map { $0.card.name })
    }
    guard network.leakySlope.isFinite else {
      throw .unusable("network.leakySlope", value: "\(network.leakySlope)", need: "a finite number")
    }
    guard weight.isFinite, weight > 0 else {
      throw .unusable("method.mseWeight", value: "\(weight)", need: "a number above 0")
    }
    let slope = Float(network.leakySlope)
    prior = try Self.prior(configuration.method.prior, network)
    latents = network.latents
    itemShape = architecture.itemShape
    encoder = architecture.encoder(latents: latents, leakySlope: slope)
    decoder = architecture.decoder(latents: latents, leakySlope: slope)
    mseWeight = weight
  }

  private static func prior(
    _ kind: MethodSettings.Prior, _ network: NetworkSettings
  ) throws(SettingsError) -> any Prior {
    switch kind {
    case .standard:
      guard network.latents >= 1 else {
        throw .unusable("network.latents", value: "\(network.latents)", need: "at least 1")
      }
      return StandardPrior(latents: network.latents)
    case .decoupled:
      guard network.latents >= 2 else {
        throw .unusable("network.latents", value: "\(network.latents)", need: "at least 2 for a decoupled prior")
      }
      guard network.couplingBlocks >= 1 else {
        throw .unusable("network.couplingBlocks", value: "\(network.couplingBlocks)", need: "at least 1")
      }
      return DecoupledPrior(latents: network.latents, blocks: network.couplingBlocks)
    }
  }

  /// The posteriors q(z|x) = N(mean, diag e^logVariance) of items `[batch] + itemShape`, each part `[batch, L]`.
  package func posterior(of items: Tensor) -> (mean: Tensor, logVariance: Tensor) {
    let head = encoder(items)
    return (head.slice(axis: 1, 0..<latents), head.slice(axis: 1, latents..<(2 * latents)))
  }

  /// One sample of each item's posterior, z = mean + noise · e^(logVariance / 2), with the posteriors: `[batch, L]` each.
  package func codes(of items: Tensor, noise: Tensor) -> (codes: Tensor, mean: Tensor, logVariance: Tensor) {
    let (mean, logVariance) = posterior(of: items)
    return (mean + noise * (logVariance * 0.5).exp, mean, logVariance)
  }

  /// Traces a batch of items through encoder, sampled code z = mean + noise · e^(logVariance / 2), and decoder.
  /// - Parameters:
  ///   - items: `[batch] + itemShape`.
  ///   - noise: standard normal numbers, `[batch, L]`.
  package func pass(over items: Tensor, noise: Tensor) -> ForwardPass {
    let (codes, mean, logVariance) = codes(of: items, noise: noise)
    let errors = (items - decoder(codes)).square.sum()
    return ForwardPass(
      batch: items.shape[0], reconstruction: errors * Float(mseWeight),
      rates: prior.rate(mean: mean, logVariance: logVariance, sample: codes),
      codes: codes, mean: mean, logVariance: logVariance, prior: prior)
  }
}
