package import Tensors

/// The networks of dpVAE for 28×28 grey images where FactorVAE is the method.
///
/// Source: dpVAE (arXiv 1911.10506), github riddhishb/dpVAE, models/factor_model.py. All activations are ReLUs, and the
/// decoder's output has no sigmoid.
package struct DPVAEFactorNetwork: Architecture {
  package let card = NetworkCard(
    name: "dpvae-mnist-factor", title: "dpVAE's convolutional network for FactorVAE on 28×28 grey images",
    source: "dpVAE, Fig. 10; github riddhishb/dpVAE, models/factor_model.py")
  package let itemShape: Shape = [1, 28, 28]

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    Sequential([
      Conv2D("encoder.convolution1", 1, 32, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution2", 32, 64, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Conv2D("encoder.convolution3", 64, 64, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      Conv2D("encoder.convolution4", 64, 256, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      Conv2D("encoder.convolution5", 256, 256, kernel: 4, stride: 1, padding: 0), LeakyReLU.relu,
      Flatten(),
      Linear("encoder.head", 256, 2 * latents),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      Linear("decoder.linear1", latents, 256), LeakyReLU.relu,
      View([256, 1, 1]),
      ConvTranspose2D("decoder.convolution1", 256, 256, kernel: 4, stride: 1, padding: 0), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution2", 256, 64, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution3", 64, 64, kernel: 4, stride: 2, padding: 1), LeakyReLU.relu,
      ConvTranspose2D("decoder.convolution4", 64, 32, kernel: 3, stride: 1, padding: 0), LeakyReLU.relu,
      ConvTranspose2D("decoder.head", 32, outputsPerElement, kernel: 4, stride: 2, padding: 1),
    ])
  }
}
