import Tensors

/// A Gaussian's two heads, of which the second gives log σ: `[batch, features]` to `[batch, 2 · latents]`, the mean, then
/// the log-variance 2 log σ.
struct DeviationHeads: Layer {
  let mean: Linear
  let logDeviation: Linear

  func callAsFunction(_ x: Tensor) -> Tensor { .concatenate([mean(x), logDeviation(x) * 2], axis: 1) }
}
