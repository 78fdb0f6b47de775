package import Distributions
package import Experiments
package import Networks
package import Tensors

/// The model that a configuration names, ready to be traced: networks, prior and likelihood, without numbers.
package struct LatentModel: Sendable {
  /// The number L of latent dimensions.
  package let latents: Int
  /// The shape of one item.
  package let itemShape: Shape
  package let encoder: Sequential
  package let decoder: Sequential
  package let prior: any Prior
  package let likelihood: any Likelihood
  private let outputActivation: OutputActivation
  private let posterior: MethodSettings.Posterior

  /// - Throws: `SettingsError` where a part is unknown or a number cannot be used.
  package init(_ configuration: Configuration) throws(SettingsError) {
    let (network, method) = (configuration.network, configuration.method)
    guard let architecture = NetworkCatalog.network(named: network.name) else {
      throw .unknownNetwork(network.name, known: NetworkCatalog.all.map { $0.card.name })
    }
    guard network.leakySlope.isFinite else {
      throw .unusable("network.leakySlope", value: "\(network.leakySlope)", need: "a finite number")
    }
    let slope = Float(network.leakySlope)
    likelihood = try LikelihoodCatalog.likelihood(configuration.likelihood)
    try Self.check(method)
    prior = try Self.prior(method, network)
    posterior = method.posterior
    latents = network.latents
    itemShape = architecture.itemShape
    outputActivation = architecture.outputActivation
    encoder = architecture.encoder(latents: latents, leakySlope: slope)
    decoder = architecture.decoder(
      latents: latents, leakySlope: slope, outputsPerElement: likelihood.outputsPerElement)
  }

  /// Whether the method takes such posteriors; a method that no catalog has is for `MethodCatalog` to refuse.
  private static func check(_ method: MethodSettings) throws(SettingsError) {
    guard let card = MethodCatalog.all.first(where: { $0.card.name == method.name })?.card,
      !card.posteriors.contains(method.posterior)
    else { return }
    let choice = card.posteriors.map(\.rawValue).joined(separator: " or ")
    throw .unusable("method.posterior", value: method.posterior.rawValue, need: "\(choice) for the method \(card.name)")
  }

  private static func prior(
    _ method: MethodSettings, _ network: NetworkSettings
  ) throws(SettingsError) -> any Prior {
    func need(_ condition: Bool, _ key: String, _ value: Int, _ need: String) throws(SettingsError) {
      if !condition { throw .unusable("network.\(key)", value: "\(value)", need: need) }
    }
    switch (method.prior, method.posterior) {
    case (.standard, .planar):
      try need(network.latents >= 1, "latents", network.latents, "at least 1")
      return PlanarFlow(latents: network.latents)
    case (_, .planar):
      throw .unusable("method.prior", value: method.prior.rawValue, need: "standard where the posterior is planar")
    case (.standard, _):
      try need(network.latents >= 1, "latents", network.latents, "at least 1")
      return StandardPrior(latents: network.latents)
    case (.decoupled, _):
      try need(network.latents >= 2, "latents", network.latents, "at least 2 for a decoupled prior")
      try need(network.couplingBlocks >= 1, "couplingBlocks", network.couplingBlocks, "at least 1")
      return DecoupledPrior(latents: network.latents, blocks: network.couplingBlocks)
    case (.hierarchical, _):
      let isShared = network.latents >= 1 && network.latents.isMultiple(of: HierarchicalPrior.levels)
      try need(
        isShared, "latents", network.latents, "a multiple of \(HierarchicalPrior.levels) for a hierarchical prior")
      return HierarchicalPrior(latents: network.latents)
    }
  }

  /// The posteriors q(z|x) = N(mean, diag e^logVariance) of items `[batch] + itemShape`, each part `[batch, L]`.
  ///
  /// Where posteriors are points, the variances are what e^−200 is in single precision, zero.
  package func posterior(of items: Tensor) -> (mean: Tensor, logVariance: Tensor) {
    let head = encoder(items)
    let mean = head.slice(axis: 1, 0..<latents)
    guard posterior != .deterministic else { return (mean, mean.affine(0, Posteriors.pointLogVariance)) }
    return (mean, head.slice(axis: 1, latents..<(2 * latents)))
  }

  /// One sample of each item's posterior, z = mean + noise · e^(logVariance / 2), with the posteriors: `[batch, L]` each.
  package func codes(of items: Tensor, noise: Tensor) -> (codes: Tensor, mean: Tensor, logVariance: Tensor) {
    let (mean, logVariance) = posterior(of: items)
    if posterior == .deterministic { return (mean, mean, logVariance) }
    return (mean + noise * (logVariance * 0.5).exp, mean, logVariance)
  }

  /// What stands for KL(q(z|x) ‖ p(z)) of each item, in nats, `[batch]`; 0 where posteriors are points.
  private func rates(mean: Tensor, logVariance: Tensor, codes: Tensor) -> Tensor {
    if posterior == .deterministic { return codes.graph.constant(0, [codes.shape[0]]) }
    return prior.rate(mean: mean, logVariance: logVariance, sample: codes)
  }

  /// What the decoder gives for codes z `[batch, L]`.
  package func output(of codes: Tensor) -> DecoderOutput {
    let seen = prior.decodesGenerationCodes ? prior.generation(of: codes).codes : codes
    return DecoderOutput(raw: decoder(seen), channels: itemShape[0], activation: outputActivation)
  }

  /// The mean of p(x|z), codes z `[batch, L]` to `[batch] + itemShape`.
  package func decoded(_ codes: Tensor) -> Tensor { likelihood.mean(of: output(of: codes)) }

  /// What the papers show of p(x|z), codes z `[batch, L]` to `[batch] + itemShape`.
  package func shown(_ codes: Tensor) -> Tensor { likelihood.shown(of: output(of: codes)) }

  /// −log p(x|z) but for `omittedDistortion`, in nats for each item: `[batch]`.
  package func distortion(of items: Tensor, given codes: Tensor) -> Tensor {
    likelihood.distortion(of: items, given: output(of: codes))
  }

  /// The same, with Σ (x − x̂)² of each item about the mean of p(x|z), from one pass through the decoder: `[batch]` each.
  package func errors(of items: Tensor, given codes: Tensor) -> (distortion: Tensor, squaredError: Tensor) {
    let output = output(of: codes)
    return (likelihood.distortion(of: items, given: output), squaredError(of: items, given: output))
  }

  private func squaredError(of items: Tensor, given output: DecoderOutput) -> Tensor {
    (items - likelihood.mean(of: output)).square.sumPerItem()
  }

  /// Traces a batch of items through encoder, sampled code z = mean + noise · e^(logVariance / 2), and decoder.
  /// - Parameters:
  ///   - items: `[batch] + itemShape`.
  ///   - noise: standard normal numbers, `[batch, L]`.
  ///   - trainCount: the number of training items that the batch is of.
  ///   - disturbed: what the encoder sees in place of the items, if anything else.
  package func pass(over items: Tensor, noise: Tensor, trainCount: Int, disturbed: Tensor? = nil) -> ForwardPass {
    let (codes, mean, logVariance) = codes(of: disturbed ?? items, noise: noise)
    let output = output(of: codes)
    return ForwardPass(
      batch: items.shape[0], trainCount: trainCount,
      reconstruction: likelihood.distortion(of: items, given: output).sum(),
      squaredError: likelihood.givesMean ? squaredError(of: items, given: output).sum() : nil,
      rates: rates(mean: mean, logVariance: logVariance, codes: codes),
      codes: codes, mean: mean, logVariance: logVariance, prior: prior)
  }
}
