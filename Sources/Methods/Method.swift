package import Distributions
package import Experiments
package import Tensors

/// A paper's recipe for training a variational autoencoder: its difference from the VAE.
///
/// Model, prior, training loop and metrics are the same for every method; a method says what a batch's parts add up to.
package protocol Method: Sendable {
  static var card: MethodCard { get }

  /// The settings at which it is a simpler method; a test and `assay selftest` hold it to that.
  static var specialCase: SpecialCase { get }

  /// - Parameter settings: exactly the settings that the card names.
  init(settings: SettingValues)

  /// The scalar that training lessens, for the whole batch: a sum over its items as the papers have it, in nats.
  func objective(_ pass: ForwardPass) -> Tensor

  /// What is trained beside the model in each iteration, `nil` for most methods.
  var companion: Companion? { get }

  /// The smallest batch whose objective has a meaning; 1 for most methods.
  var smallestBatch: Int { get }

  /// The standard deviation of normal noise that the encoder's input gets in training; 0 for most methods.
  var inputNoise: Float { get }
}

extension Method {
  package var companion: Companion? { nil }
  package var smallestBatch: Int { 1 }
  package var inputNoise: Float { 0 }
}

/// What there is to know of a method without training it.
package struct MethodCard: Hashable, Sendable {
  /// As configurations name it, e.g. `vae`.
  package let name: String
  package let title: String
  package let source: String
  /// What the method has beyond the VAE; a configuration gives each one a value.
  package let settings: [Setting]
  /// What its encoder may make of an item, as its paper has it first. Points have no rate, so only a method that
  /// compares codes can have them.
  package let posteriors: [MethodSettings.Posterior]

  package init(
    name: String, title: String, source: String, settings: [Setting] = [],
    posteriors: [MethodSettings.Posterior] = [.gaussian, .planar]
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.settings = settings
    self.posteriors = posteriors
  }

  /// - Throws: `SettingsError` where the values are not exactly those of the card's settings.
  package func values(_ values: [String: Double]) throws(SettingsError) -> SettingValues {
    try SettingValues(values, of: settings, part: "method", owner: name)
  }
}

/// The symbolic parts of one batch on its way through a model, from which methods build their objectives.
package struct ForwardPass {
  /// The number of items.
  package let batch: Int
  /// The number N of training items.
  package let trainCount: Int
  /// What stands for −log p(x|z), see `Likelihood.distortion`, summed over the batch, in nats; a scalar.
  package let reconstruction: Tensor
  /// Σ (x − x̂)² about the mean of p(x|z), summed over the batch; `nil` where the decoder does not give that mean.
  package let squaredError: Tensor?
  /// What stands for KL(q(z|x) ‖ p(z)) of each item, see `Prior.rate`, in nats: `[batch]`.
  package let rates: Tensor
  /// One sample z of each posterior, or its mean where posteriors are points: `[batch, L]`.
  package let codes: Tensor
  /// Of the posteriors: `[batch, L]`.
  package let mean: Tensor
  /// Of the posteriors: `[batch, L]`.
  package let logVariance: Tensor
  package let prior: any Prior

  package init(
    batch: Int, trainCount: Int, reconstruction: Tensor, squaredError: Tensor? = nil, rates: Tensor, codes: Tensor,
    mean: Tensor, logVariance: Tensor, prior: any Prior
  ) {
    (self.batch, self.trainCount, self.prior) = (batch, trainCount, prior)
    (self.reconstruction, self.squaredError, self.rates) = (reconstruction, squaredError, rates)
    (self.codes, self.mean, self.logVariance) = (codes, mean, logVariance)
  }

  package var graph: Graph { codes.graph }

  /// As many codes as the batch has, drawn from the prior anew in each iteration: `[batch, L]`.
  func priorCodes() -> Tensor {
    prior.representation(of: graph.normal(codes.shape, purpose: "prior"))
  }
}
