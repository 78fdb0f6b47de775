package import Experiments
package import Tensors

/// Student's t-distribution for each number, of which the decoder gives location, scale and degrees of freedom.
///
/// The location goes through the network's own activation; s and ν are log(1 + e^h) + 10⁻⁶ of the second and third part
/// of channels. The papers leave that form open. Where pixels are the same in every image, as MNIST's borders are, nothing
/// but that 10⁻⁶ keeps the density from growing.
package struct StudentTLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "student-t", title: "Student's t", source: "σ-VAE, Sec. 5, after Takahashi et al. 2018, Student-t VAE",
    measure: .density)

  package let outputsPerElement = 3

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    let (scale, freedom) = (output.part(1).softplus + 1e-6, output.part(2).softplus + 1e-6)
    return Density.studentT(items, mean: output.activated, scale: scale, freedom: freedom).sumPerItem()
  }
}
