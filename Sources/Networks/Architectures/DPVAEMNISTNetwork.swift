package import Tensors

/// The networks of dpVAE for 28×28 grey images, for every method but FactorVAE.
///
/// Source: dpVAE (arXiv 1911.10506), github riddhishb/dpVAE, models/beta_model.py. All activations are ReLUs; the
/// decoder mirrors the encoder, and its output has no sigmoid.
package struct DPVAEMNISTNetwork: Architecture {
  package let card = NetworkCard(
    name: "dpvae-mnist", title: "dpVAE's convolutional network for 28×28 grey images",
    source: "dpVAE, Fig. 10; github riddhishb/dpVAE, models/beta_model.py")
  package let itemShape: Shape = [1, 28, 28]

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    Sequential([
      Conv2D("encoder.convolution1", 1, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution2", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Conv2D("encoder.convolution3", 32, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution4", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Flatten(),
      Linear("encoder.linear1", 512, 256), LeakyReLU.relu,
      Linear("encoder.linear2", 256, 256), LeakyReLU.relu,
      Linear("encoder.head", 256, 2 * latents),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      Linear("decoder.linear1", latents, 256), LeakyReLU.relu,
      Linear("decoder.linear2", 256, 256), LeakyReLU.relu,
      Linear("decoder.linear3", 256, 512), LeakyReLU.relu,
      View([32, 4, 4]),
      ConvTranspose2D("decoder.convolution1", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution2", 32, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution3", 32, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      ConvTranspose2D("decoder.head", 32, outputsPerElement, kernel: 4, stride: 2, padding: 1),
    ])
  }
}
