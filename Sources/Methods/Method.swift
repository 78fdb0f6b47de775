package import Distributions
package import Tensors

/// A paper's recipe for training a variational autoencoder: its difference from the VAE.
///
/// Model, prior, training loop and metrics are the same for every method; a method says what a batch's parts add up to.
package protocol Method: Sendable {
  static var card: MethodCard { get }

  /// - Parameter settings: exactly the settings that the card names.
  init(settings: MethodValues)

  /// The scalar that training lessens, for the whole batch: a sum over its items as the papers have it, in nats.
  func objective(_ pass: ForwardPass) -> Tensor

  /// What is trained beside the model in each iteration, `nil` for most methods.
  var companion: Companion? { get }
}

extension Method {
  package var companion: Companion? { nil }
}

/// What there is to know of a method without training it.
package struct MethodCard: Hashable, Sendable {
  /// As configurations name it, e.g. `vae`.
  package let name: String
  package let title: String
  package let source: String
  /// What the method has beyond the VAE; a configuration gives each one a value.
  package let settings: [MethodSetting]

  package init(name: String, title: String, source: String, settings: [MethodSetting] = []) {
    self.name = name
    self.title = title
    self.source = source
    self.settings = settings
  }
}

/// A number that a method needs.
package struct MethodSetting: Hashable, Sendable {
  /// The key under `method.settings`.
  package let name: String
  /// What it stands for, as a phrase.
  package let meaning: String

  package init(name: String, meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}

/// The values of a method's settings: exactly those that its card names.
package struct MethodValues: Sendable {
  private let values: [String: Double]

  /// - Throws: `SettingsError` where a value has no setting, a setting no value, or a value is no finite number.
  package init(_ values: [String: Double], for card: MethodCard) throws(SettingsError) {
    let known = card.settings.map(\.name)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard known.contains(key) else { throw .unknownSetting(key, method: card.name, known: known) }
      guard value.isFinite else {
        throw .unusable("method.settings.\(key)", value: "\(value)", need: "a finite number")
      }
    }
    for setting in card.settings where values[setting.name] == nil {
      throw .missingSetting(setting, method: card.name)
    }
    self.values = values
  }

  /// - Precondition: the method's card names the setting.
  package subscript(name: String) -> Float {
    guard let value = values[name] else { preconditionFailure("the card of the method names no setting \(name)") }
    return Float(value)
  }
}

/// The symbolic parts of one batch on its way through a model, from which methods build their objectives.
package struct ForwardPass {
  /// The number of items.
  package let batch: Int
  /// w · Σ SSE, summed over the batch: the negative log-likelihood of a Gaussian decoder of variance 1 / (2w) without
  /// its constants, in nats; a scalar.
  package let reconstruction: Tensor
  /// What stands for KL(q(z|x) ‖ p(z)) of each item, see `Prior.rate`, in nats: `[batch]`.
  package let rates: Tensor
  /// One sample z of each posterior: `[batch, L]`.
  package let codes: Tensor
  /// Of the posteriors: `[batch, L]`.
  package let mean: Tensor
  /// Of the posteriors: `[batch, L]`.
  package let logVariance: Tensor
  package let prior: any Prior
}
