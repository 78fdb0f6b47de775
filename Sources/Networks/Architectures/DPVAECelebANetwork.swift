package import Tensors

/// The networks of dpVAE for CelebA's faces of 64×64.
///
/// Five strided convolutions with batch normalisation; a decoder that enlarges its images by repeating pixels, border
/// included, before each convolution. Source: dpVAE (arXiv 1911.10506), github riddhishb/dpVAE, models/beta_model.py.
/// The paper speaks of leaky ReLUs; the code gives them the slope 1, so the slope is a setting.
package struct DPVAECelebANetwork: Architecture {
  package let card = NetworkCard(
    name: "dpvae-celeba", title: "dpVAE's convolutional network for faces of 64×64",
    source: "dpVAE, Fig. 10; github riddhishb/dpVAE, models/beta_model.py")
  package let itemShape: Shape = [3, 64, 64]

  /// Of the images between convolutions.
  private static let encoded = [3, 32, 64, 128, 256, 256]
  private static let decoded = [256, 256, 128, 64, 32]

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    let convolutions = zip(Self.encoded, Self.encoded.dropFirst()).enumerated().flatMap {
      (index, channels) -> [any Layer] in
      [
        Conv2D("encoder.convolution\(index + 1)", channels.0, channels.1, kernel: 4, stride: 2, padding: 1),
        BatchNorm("encoder.normalization\(index + 1)", channels: channels.1, leakySlope: leakySlope),
      ]
    }
    return Sequential(convolutions + [Flatten(), Linear("encoder.head", 1024, 2 * latents)])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    let start: [any Layer] = [
      Linear("decoder.linear1", latents, 1024), LeakyReLU(slope: leakySlope), View([256, 2, 2]),
    ]
    let convolutions = zip(Self.decoded, Self.decoded.dropFirst()).enumerated().flatMap {
      (index, channels) -> [any Layer] in
      [
        UpsamplePadded(),
        Conv2D(
          "decoder.convolution\(index + 1)", channels.0, channels.1, kernel: 3, stride: 1, padding: 0),
        BatchNorm(
          "decoder.normalization\(index + 1)", channels: channels.1, convention: .pytorch(epsilon: 1e-3),
          leakySlope: leakySlope),
      ]
    }
    let head = Conv2D("decoder.head", 32, 3 * outputsPerElement, kernel: 3, stride: 1, padding: 0)
    return Sequential(start + convolutions + [UpsamplePadded(), head])
  }
}
