package import Tensors

/// Two-Stage VAE's network for its comparison with WAE on faces of 64×64: four convolutions, of which the first keeps the
/// size, and four transposed ones; the decoder ends in a sigmoid.
///
/// Source: Two-Stage VAE (arXiv 1903.05789), Table 2; github daib13/TwoStageVAE, network/two_stage_vae_model.py, class
/// Wae. WAE's own encoder strides all four convolutions. Weights start as TensorFlow's do, biases at zero; the code's
/// encoder gives log σ, which is doubled here, and flattens images with channels innermost, which is the same network
/// up to the order of a layer's weights.
package struct WideNetwork: Architecture {
  package let card = NetworkCard(
    name: "two-stage-wae-64x64x3", title: "Two-Stage VAE's network for its comparison with WAE, 64×64 images",
    source: "Two-Stage VAE, Table 2; github daib13/TwoStageVAE, network/two_stage_vae_model.py")
  package let itemShape: Shape = [3, 64, 64]
  package let outputActivation = OutputActivation.sigmoid

  private static let kernel = 5
  private static let channels = [128, 256, 512, 1024]
  private static let features = 1024 * 8 * 8

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    let convolutions = zip([3] + Self.channels, Self.channels).enumerated().flatMap { index, channels -> [any Layer] in
      [
        Conv2D.same(
          "encoder.convolution\(index + 1)", channels.0, channels.1, kernel: Self.kernel, stride: index == 0 ? 1 : 2,
          initialization: .glorot),
        Self.normalization("encoder.normalization\(index + 1)", channels.1),
      ]
    }
    let heads = DeviationHeads(
      mean: Self.linear("encoder.mean", Self.features, latents),
      logDeviation: Self.linear("encoder.deviation", Self.features, latents))
    return Sequential(convolutions + [Flatten(), heads])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    let start: [any Layer] = [
      Self.linear("decoder.linear1", latents, Self.features), LeakyReLU.relu, View([1024, 8, 8]),
    ]
    let channels = Array(Self.channels.reversed())
    let convolutions = zip(channels, channels.dropFirst()).enumerated().flatMap { index, channels -> [any Layer] in
      [
        Self.transposed("decoder.convolution\(index + 1)", channels.0, channels.1, stride: 2),
        Self.normalization("decoder.normalization\(index + 1)", channels.1),
      ]
    }
    let head = Self.transposed("decoder.head", 128, 3 * outputsPerElement, stride: 1)
    return Sequential(start + convolutions + [head])
  }

  private static func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
    Linear(name, inputs, outputs, initialization: .glorot)
  }

  private static func transposed(_ name: String, _ inputs: Int, _ outputs: Int, stride: Int) -> ConvTranspose2D {
    .same(name, inputs, outputs, kernel: kernel, stride: stride, initialization: .glorot)
  }

  private static func normalization(_ name: String, _ channels: Int) -> BatchNorm {
    BatchNorm(name, channels: channels, convention: .tensorFlow(), leakySlope: 0)
  }
}
