package import Experiments
package import Networks
package import Tensors

/// What a decoder's output says of an item: p(x|z).
///
/// It is orthogonal to the method: any objective takes its negative logarithm as the reconstruction term.
package protocol Likelihood: Sendable {
  static var card: LikelihoodCard { get }

  /// - Parameter settings: exactly the settings that the card names.
  /// - Throws: `SettingsError` where a value cannot be used.
  init(settings: SettingValues) throws(SettingsError)

  /// The numbers that the decoder gives for each number of an item.
  var outputsPerElement: Int { get }

  /// What a method minimises in place of −log p(x|z), in nats for each item: `[batch]`.
  ///
  /// `distortion + omittedDistortion` is −log p(x|z). What is learned or averaged over training, such as a variance,
  /// is a parameter or a state of the graph, and fixed where the graph does not train.
  /// - Parameter items: `[batch] + itemShape`.
  func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor

  /// The constant, in nats for each item of so many numbers, that the papers' objectives leave out of `distortion`.
  func omittedDistortion(size: Int) -> Double

  /// log σ of p(x|z) where it is one number that is learned, by gradients or as a running mean; `nil` otherwise.
  /// - Precondition: the store holds the likelihood's parameters.
  func learnedLogDeviation(in parameters: ParameterStore) -> Double?

  /// Whether the mean of p(x|z) is among what the decoder gives, so that looking at it in each iteration costs nothing.
  var givesMean: Bool { get }

  /// The mean of p(x|z): `[batch] + itemShape`.
  func mean(of output: DecoderOutput) -> Tensor

  /// What the papers show of p(x|z) and compare with data, `[batch] + itemShape`: its mean, or a draw of it where the
  /// card says so.
  func shown(of output: DecoderOutput) -> Tensor
}

extension Likelihood {
  package var outputsPerElement: Int { 1 }
  package func omittedDistortion(size: Int) -> Double { 0 }
  package func learnedLogDeviation(in parameters: ParameterStore) -> Double? { nil }
  package var givesMean: Bool { true }
  package func mean(of output: DecoderOutput) -> Tensor { output.activated }
  package func shown(of output: DecoderOutput) -> Tensor { mean(of: output) }
}

/// What there is to know of a likelihood without tracing it.
package struct LikelihoodCard: Hashable, Sendable {
  /// As configurations name it, e.g. `optimal-sigma`.
  package let name: String
  package let title: String
  package let source: String
  package let measure: Measure
  /// Whether draws of p(x|z) are shown in place of its mean.
  package let showsDraws: Bool
  package let settings: [Setting]

  /// What −log p(x|z) is the negative logarithm of: those of unlike kinds are not compared.
  package enum Measure: String, Sendable {
    /// A density of numbers; it can exceed one, and its logarithm change its sign.
    case density
    /// A probability of bytes, the 256 levels of a number on [0, 1].
    case probability
    /// Nothing that adds up to one over what is observed.
    case pseudo = "pseudo-likelihood"
  }

  package init(
    name: String, title: String, source: String, measure: Measure, showsDraws: Bool = false, settings: [Setting] = []
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.measure = measure
    self.showsDraws = showsDraws
    self.settings = settings
  }
}

/// What a decoder gives before any likelihood has looked at it.
package struct DecoderOutput {
  /// `[batch, k · channels] + the item's other axes`, k the likelihood's `outputsPerElement`.
  ///
  /// How the k numbers of each number of an item lie among the channels is the likelihood's to say.
  package let raw: Tensor
  /// The first axis of an item: the channels of an image, the dimensions of a point.
  package let channels: Int
  /// What the network does with its last layer where that is to be a mean.
  package let activation: OutputActivation

  package init(raw: Tensor, channels: Int, activation: OutputActivation) {
    self.raw = raw
    self.channels = channels
    self.activation = activation
  }

  /// The shape of items: `[batch, channels] + the item's other axes`.
  var itemsShape: Shape { Shape([raw.shape[0], channels] + raw.shape.dimensions.dropFirst(2)) }

  /// The channels `index · channels ..< (index + 1) · channels`: `[batch] + itemShape`.
  package func part(_ index: Int) -> Tensor {
    raw.shape[1] == channels ? raw : raw.slice(axis: 1, (index * channels)..<((index + 1) * channels))
  }

  /// The first part through the network's own activation.
  package var activated: Tensor { activation(part(0)) }
}
