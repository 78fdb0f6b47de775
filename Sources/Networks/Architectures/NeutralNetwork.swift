package import Tensors

/// Two-Stage VAE's neutral networks, after InfoGAN's, for square images whose side four divides.
///
/// In the code, not in the text, encoder layers are normalised by their largest singular value. Batch normalisation follows TensorFlow's convention;
/// the decoder ends in a sigmoid. Source: Two-Stage VAE (arXiv 1903.05789), Table 1, after Lucic et al. 2018; github
/// daib13/TwoStageVAE, network/two_stage_vae_model.py. The code flattens images with channels innermost, which is the
/// same network up to the order of a layer's weights.
package struct NeutralNetwork: Architecture {
  package let card: NetworkCard
  package let itemShape: Shape
  package let outputActivation = OutputActivation.sigmoid
  private let encoderNormalization: WeightNormalization

  private static let slope: Float = 0.2
  private static let deviation: Float = 0.02

  /// Numbers in the images between convolutions and fully connected layers.
  private var features: Int { 128 * itemShape[1] / 4 * itemShape[2] / 4 }

  /// - Parameter hasSpectralNorm: whether the encoder is that of the code; without, it is that of the text.
  /// - Precondition: four divides the side.
  package init(side: Int, channels: Int, hasSpectralNorm: Bool = true) {
    precondition(side.isMultiple(of: 4), "two strides of 2 do not divide images of \(side)×\(side)")
    let (name, title) = hasSpectralNorm ? ("", "") : ("-plain", " without spectral normalisation")
    card = NetworkCard(
      name: "two-stage-neutral\(name)-\(side)x\(side)x\(channels)",
      title: "Two-Stage VAE's neutral network\(title) for \(side)×\(side) images of \(channels) channels",
      source: "Two-Stage VAE, Sec. 5; github daib13/TwoStageVAE, network/two_stage_vae_model.py")
    itemShape = [channels, side, side]
    encoderNormalization = hasSpectralNorm ? .spectral : .none
  }

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    Sequential([
      convolution("encoder.convolution1", itemShape[0], 64), LeakyReLU(slope: Self.slope),
      convolution("encoder.convolution2", 64, 128), normalization("encoder.normalization2", 128, slope: Self.slope),
      Flatten(),
      linear("encoder.linear1", features, 1024, encoderNormalization),
      normalization("encoder.normalization3", 1024, slope: Self.slope),
      linear("encoder.head", 1024, 2 * latents, encoderNormalization), SoftplusDeviations(latents: latents),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      linear("decoder.linear1", latents, 1024, .none), normalization("decoder.normalization1", 1024, slope: 0),
      linear("decoder.linear2", 1024, features, .none), normalization("decoder.normalization2", features, slope: 0),
      View([128, itemShape[1] / 4, itemShape[2] / 4]),
      transposed("decoder.convolution1", 128, 64), normalization("decoder.normalization3", 64, slope: 0),
      transposed("decoder.head", 64, itemShape[0] * outputsPerElement),
    ])
  }

  private func convolution(_ name: String, _ inputs: Int, _ outputs: Int) -> Conv2D {
    .same(
      name, inputs, outputs, kernel: 4, stride: 2, normalization: encoderNormalization,
      initialization: .truncatedNormal(deviation: Self.deviation))
  }

  private func transposed(_ name: String, _ inputs: Int, _ outputs: Int) -> ConvTranspose2D {
    .same(name, inputs, outputs, kernel: 4, stride: 2, initialization: .normal(deviation: Self.deviation))
  }

  private func linear(_ name: String, _ inputs: Int, _ outputs: Int, _ normalization: WeightNormalization) -> Linear {
    Linear(
      name, inputs, outputs, normalization: normalization, initialization: .normal(deviation: Self.deviation))
  }

  private func normalization(_ name: String, _ channels: Int, slope: Float) -> BatchNorm {
    BatchNorm(name, channels: channels, convention: .tensorFlow(), leakySlope: slope)
  }
}

/// `[batch, 2 · latents]` to mean and log-variance, where the second half h gives σ = 10⁻⁶ + log(1 + e^h).
private struct SoftplusDeviations: Layer {
  let latents: Int

  func callAsFunction(_ x: Tensor) -> Tensor {
    let deviation = x.slice(axis: 1, latents..<(2 * latents)).softplus + 1e-6
    return .concatenate([x.slice(axis: 1, 0..<latents), deviation.log * 2], axis: 1)
  }
}
