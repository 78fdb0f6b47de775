package import Tensors

/// The fully connected networks of dpVAE for points of the plane.
///
/// Source: dpVAE (arXiv 1911.10506), github riddhishb/dpVAE, models/beta_model.py. The paper speaks of leaky ReLUs;
/// the code gives them the slope 1, which makes both networks linear maps, so the slope is a setting.
package struct TwoMoonsNetwork: Architecture {
  package let card = NetworkCard(
    name: "two-moons-mlp", title: "dpVAE's fully connected network for two moons",
    source: "dpVAE, Sec. 4.1; github riddhishb/dpVAE, models/beta_model.py")
  package let itemShape: Shape = [2]

  package init() {}

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    Sequential([
      Linear("encoder.linear1", 2, 100), LeakyReLU(slope: leakySlope),
      Linear("encoder.linear2", 100, 50), LeakyReLU(slope: leakySlope),
      Linear("encoder.head", 50, 2 * latents),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([
      Linear("decoder.linear1", latents, 50), LeakyReLU(slope: leakySlope),
      Linear("decoder.linear2", 50, 100), LeakyReLU(slope: leakySlope),
      Linear("decoder.head", 100, 2 * outputsPerElement),
    ])
  }
}
