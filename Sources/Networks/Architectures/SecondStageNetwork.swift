package import Tensors

/// The networks of Two-Stage VAE's second stage: items are the first stage's codes.
///
/// Both halves have three fully connected layers of 1024 with ReLUs, whose result the heads see beside the half's own
/// input. Weights start as TensorFlow's do, biases at zero. Source: Two-Stage VAE (arXiv 1903.05789), github
/// daib13/TwoStageVAE, network/two_stage_vae_model.py. The code's encoder gives log σ; it is doubled here.
package struct SecondStageNetwork: Architecture {
  package let card = NetworkCard(
    name: "two-stage-second", title: "Two-Stage VAE's second stage on 64 codes",
    source: "Two-Stage VAE, appendix; github daib13/TwoStageVAE, network/two_stage_vae_model.py")
  package let itemShape: Shape
  /// What stands before the parameters' names.
  private let scope: String
  private let width: Int

  /// - Parameters:
  ///   - codes: the number of the first stage's latent dimensions.
  ///   - width: of the hidden layers, 1024 in the code.
  ///   - scope: put before the parameters' names, where the first stage's are in the same store.
  package init(codes: Int = 64, width: Int = 1024, scope: String = "") {
    self.width = width
    itemShape = [codes]
    self.scope = scope
  }

  package func encoder(latents: Int, leakySlope: Float) -> Sequential {
    let features = width + itemShape[0]
    return Sequential([
      hidden("encoder", itemShape[0]),
      DeviationHeads(
        mean: linear("encoder.mean", features, latents), logDeviation: linear("encoder.deviation", features, latents)),
    ])
  }

  package func decoder(latents: Int, leakySlope: Float, outputsPerElement: Int) -> Sequential {
    Sequential([hidden("decoder", latents), linear("decoder.head", width + latents, itemShape[0] * outputsPerElement)])
  }

  private func hidden(_ half: String, _ inputs: Int) -> WithInput {
    WithInput(
      Sequential([
        linear("\(half).linear1", inputs, width), LeakyReLU.relu,
        linear("\(half).linear2", width, width), LeakyReLU.relu,
        linear("\(half).linear3", width, width), LeakyReLU.relu,
      ]))
  }

  private func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
    Linear(scope + name, inputs, outputs, initialization: .glorot)
  }
}
