package import Experiments
package import Tensors

/// The cross-entropy Σ −x log x̂ − (1 − x) log(1 − x̂) of intensities on [0, 1], with the decoder's outputs as logits.
///
/// It is −log p(x|z) of Bernoulli variables where x is 0 or 1. In between it is none of anything: p does not add up to
/// one over intensities. Two-Stage VAE's code keeps x̂ above 10⁻⁸ inside of the logarithms, which logits do without.
package struct BernoulliLikelihood: Likelihood {
  package static let card = LikelihoodCard(
    name: "bernoulli", title: "Bernoulli, on intensities",
    source: "Two-Stage VAE's cross-entropy, github daib13/TwoStageVAE, network/two_stage_vae_model.py; σ-VAE, Sec. 5",
    measure: .pseudo)

  package init(settings: SettingValues) {}

  package func distortion(of items: Tensor, given output: DecoderOutput) -> Tensor {
    Density.bernoulli(items, logits: output.part(0)).sumPerItem()
  }

  /// x̂, the probabilities of one.
  package func mean(of output: DecoderOutput) -> Tensor { output.part(0).sigmoid }
}
