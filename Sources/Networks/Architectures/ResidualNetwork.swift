package import Tensors

/// Two-Stage VAE's residual networks for square images whose side is a power of two; the decoder ends in a sigmoid.
///
/// The encoder has a first convolution and then scales of two residual blocks each, between which a strided convolution
/// halves the side and doubles the channels; then the channels' means, a residual map of 512 and two heads. The decoder starts from 2×2
/// pixels and doubles the side by a transposed convolution before each scale, as often as the image asks for; its
/// channels halve down to the base.
///
/// Source: Two-Stage VAE (arXiv 1903.05789), caption of Fig. 5; github daib13/TwoStageVAE,
/// network/two_stage_vae_model.py, class Resnet. Where the two part, this follows the caption: the code has one residual
/// block a scale where the caption has two, and 16 channels at the base where the caption has 32. But the caption
/// flattens where the code averages each channel, and so does this: with the code's first weights, flattened images make
/// log σ so large that training starts at 10⁷ nats an image and more, where channel means make some 30. Weights start as
/// TensorFlow's do, biases at zero; log σ is doubled here.
package struct ResidualNetwork: Architecture {
  package let card: NetworkCard
  package let itemShape: Shape
  package let outputActivation = OutputActivation.sigmoid

  private static let base = 32
  private static let mostChannels = 1024
  private static let width = 512
  private static let firstSide = 2

  /// The channels of the encoder's scales.
  private let encoded: [Int]
  /// The channels of the decoder's images of 2×2, 4×4, … pixels.
  private let decoded: [Int]

  /// - Precondition: the side is a power of two from 4 on, and scales leave at least a pixel of it.
  package init(side: Int, channels: Int, scales: Int) {
    precondition(
      side >= 4 && side.nonzeroBitCount == 1 && side >> (scales - 1) >= 1,
      "images of \(side)×\(side) do not have \(scales) scales")
    card = NetworkCard(
      name: "two-stage-resnet-\(side)x\(side)x\(channels)",
      title: "Two-Stage VAE's residual network for \(side)×\(side) images of \(channels) channels",
      source: "Two-Stage VAE, caption of Fig. 5; github daib13/TwoStageVAE, network/two_stage_vae_model.py")
    itemShape = [channels, side, side]
    encoded = (0..<scales).map { Self.base << $0 }
    decoded = (0..<side.trailingZeroBitCount).reversed().map { min(Self.base << $0, Self.mostChannels) }
  }

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    let scales = encoded.enumerated().flatMap { index, channels -> [any Layer] in
      let downward = Conv2D.same(
        "encoder.downward\(index)", channels / 2, channels, kernel: 3, stride: 2, initialization: .glorot)
      return (index == 0 ? [] : [downward]) + Self.scale("encoder.scale\(index + 1)", channels)
    }
    let last = encoded[encoded.count - 1]
    let end: [any Layer] = [
      ChannelMeans(), ResidualMap("encoder.map", last, Self.width),
      DeviationHeads(
        mean: Self.linear("encoder.mean", Self.width, latents),
        logDeviation: Self.linear("encoder.deviation", Self.width, latents)),
    ]
    let start: [any Layer] = [Self.convolution("encoder.convolution1", itemShape[0], Self.base)]
    return Sequential(start + scales + end)
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    let (side, first) = (Self.firstSide, decoded[0])
    let start: [any Layer] = [
      Self.linear("decoder.linear1", latents, first * side * side), View([first, side, side]),
    ]
    let scales = zip(decoded, decoded.dropFirst()).enumerated().flatMap { index, channels -> [any Layer] in
      let upward = ConvTranspose2D.same(
        "decoder.upward\(index + 1)", channels.0, channels.1, kernel: 3, stride: 2, initialization: .glorot)
      return [upward] + Self.scale("decoder.scale\(index + 1)", channels.1)
    }
    let head = Self.convolution("decoder.head", Self.base, itemShape[0] * outputsPerElement)
    return Sequential(start + scales + [head])
  }

  /// Two residual blocks that keep the shape.
  private static func scale(_ name: String, _ channels: Int) -> [any Layer] {
    (1...2).map { ResidualBlock("\(name).block\($0)", channels, channels) }
  }

  private static func convolution(_ name: String, _ inputs: Int, _ outputs: Int) -> Conv2D {
    .same(name, inputs, outputs, kernel: 3, stride: 1, initialization: .glorot)
  }

  private static func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
    Linear(name, inputs, outputs, initialization: .glorot)
  }
}
