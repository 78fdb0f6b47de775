package import Tensors

/// The encoder and decoder that a paper uses for one kind of item.
package protocol Architecture: Sendable {
  var card: NetworkCard { get }

  /// The shape of one item: `[channels, height, width]` of an image, `[dimensions]` of a point.
  var itemShape: Shape { get }

  /// Maps items `[batch] + itemShape` to `[batch, 2 · latents]`: the posterior's mean, then its log-variance.
  /// - Parameter leakySlope: the negative slope of leaky ReLUs; networks with plain ReLUs ignore it.
  func encoder(latents: Int, leakySlope: Float) -> Sequential

  /// Maps codes `[batch, latents]` to `outputsPerElement` numbers for each number of an item, before any activation:
  /// `[batch, outputsPerElement · channels]` followed by the item's other axes.
  func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential

  /// What the last layer goes through where it is to be an item's mean.
  var outputActivation: OutputActivation { get }
}

extension Architecture {
  package var outputActivation: OutputActivation { .identity }

  /// The decoder of a likelihood that needs one number for each number of an item.
  package func decoder(latents: Int, leakySlope: Float) -> Sequential {
    decoder(latents: latents, leakySlope: leakySlope, outputsPerElement: 1)
  }
}

/// What a decoder's last layer goes through to become a mean.
package enum OutputActivation: Sendable {
  case identity
  case sigmoid

  package func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .identity: x
    case .sigmoid: x.sigmoid
    }
  }
}

/// What there is to know of an architecture without tracing it.
package struct NetworkCard: Hashable, Sendable {
  /// As configurations name it, e.g. `dpvae-mnist`.
  package let name: String
  package let title: String
  package let source: String

  package init(name: String, title: String, source: String) {
    self.name = name
    self.title = title
    self.source = source
  }
}

/// The architectures there are.
package enum NetworkCatalog {
  package static let all: [any Architecture] = [
    DPVAECelebANetwork(),
    DPVAEMNISTNetwork(),
    DPVAEFactorNetwork(),
    DPVAESVHNNetwork(),
    SigmaVAENetwork(side: 28, channels: 1),
    SigmaVAENetwork(side: 28, channels: 3),
    SigmaVAENetwork(side: 32, channels: 3),
    TwoMoonsNetwork(),
    NeutralNetwork(side: 28, channels: 1),
    NeutralNetwork(side: 32, channels: 3),
    NeutralNetwork(side: 64, channels: 3),
    NeutralNetwork(side: 28, channels: 1, hasSpectralNorm: false),
    NeutralNetwork(side: 32, channels: 3, hasSpectralNorm: false),
    NeutralNetwork(side: 64, channels: 3, hasSpectralNorm: false),
    ResidualNetwork(side: 32, channels: 3, scales: 3),
    ResidualNetwork(side: 64, channels: 3, scales: 4),
    SecondStageNetwork(),
    WideNetwork(),
  ]

  /// The architecture of that name, `nil` if there is none.
  package static func network(named name: String) -> (any Architecture)? { all.first { $0.card.name == name } }
}
