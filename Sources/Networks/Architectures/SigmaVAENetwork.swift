package import Tensors

/// The convolutional networks of σ-VAE for square images whose side four divides; the decoder ends in a sigmoid.
///
/// Source: σ-VAE (arXiv 2006.13202), github orybkin/sigma-vae-pytorch, model.py. The code's two heads for mean and
/// log-variance are one layer here: both start from the same distribution.
package struct SigmaVAENetwork: Architecture {
  package let card: NetworkCard
  package let itemShape: Shape
  package let outputActivation = OutputActivation.sigmoid

  /// The images between convolutions and fully connected layers.
  private var features: Shape { [128, itemShape[1] / 4, itemShape[2] / 4] }

  /// - Precondition: four divides the side, 28 in the paper.
  package init(side: Int, channels: Int) {
    precondition(side.isMultiple(of: 4), "two strides of 2 do not divide images of \(side)×\(side)")
    card = NetworkCard(
      name: "sigma-vae-\(side)x\(side)x\(channels)",
      title: "σ-VAE's convolutional network for \(side)×\(side) images of \(channels) channels",
      source: "σ-VAE, Sec. 5; github orybkin/sigma-vae-pytorch, model.py")
    itemShape = [channels, side, side]
  }

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    Sequential([
      Conv2D("encoder.convolution1", itemShape[0], 32, kernel: 3, stride: 1, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution2", 32, 64, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution3", 64, 128, kernel: 5, stride: 2, padding: 2), LeakyReLU.relu,
      Flatten(),
      Linear("encoder.head", features.count, 2 * latents),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      Linear("decoder.linear1", latents, features.count),
      View(features),
      ConvTranspose2D("decoder.convolution1", 128, 64, kernel: 6, stride: 2, padding: 2), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution2", 64, 32, kernel: 6, stride: 2, padding: 2), LeakyReLU.relu,
      ConvTranspose2D("decoder.head", 32, itemShape[0] * outputsPerElement, kernel: 5, stride: 1, padding: 2),
    ])
  }
}
