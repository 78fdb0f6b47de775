package import Tensors

/// The networks of dpVAE for SVHN's 32×32 colour images.
///
/// Eight convolutions with batch normalisation, and a decoder without. Source: dpVAE (arXiv 1911.10506), github
/// riddhishb/dpVAE, models/beta_model.py. All activations are ReLUs; the decoder's output has no sigmoid.
package struct DPVAESVHNNetwork: Architecture {
  package let card = NetworkCard(
    name: "dpvae-svhn", title: "dpVAE's convolutional network for 32×32 colour images",
    source: "dpVAE, Fig. 10; github riddhishb/dpVAE, models/beta_model.py")
  package let itemShape: Shape = [3, 32, 32]

  /// Kernel, stride and padding of the encoder's convolutions.
  private static let encoding = [
    (4, 2, 1), (3, 1, 1), (4, 2, 1), (3, 1, 1), (3, 1, 0), (3, 1, 1), (3, 1, 0), (3, 1, 1),
  ]

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    let convolutions = Self.encoding.enumerated().flatMap { (index, geometry) -> [any Layer] in
      let (kernel, stride, padding) = geometry
      return [
        Conv2D(
          "encoder.convolution\(index + 1)", index == 0 ? 3 : 32, 32, kernel: kernel, stride: stride, padding: padding),
        BatchNorm("encoder.normalization\(index + 1)", channels: 32, leakySlope: 0),
      ]
    }
    return Sequential(convolutions + [Flatten(), Linear("encoder.head", 512, 2 * latents)])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      Linear("decoder.linear1", latents, 512), LeakyReLU.relu,
      View([32, 4, 4]),
      ConvTranspose2D("decoder.convolution1", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Conv2D("decoder.convolution2", 32, 32, kernel: 3, stride: 1, padding: 1), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution3", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Conv2D("decoder.convolution4", 32, 32, kernel: 3, stride: 1, padding: 1), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution5", 32, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("decoder.convolution6", 32, 32, kernel: 3, stride: 1, padding: 1), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution7", 32, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("decoder.head", 32, 3 * outputsPerElement, kernel: 3, stride: 1, padding: 1),
    ])
  }
}
