internal import CKernels
import Tensors

/// Means and variances per channel.
struct ChannelMomentsStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let sizes: ChannelSizes

  func run(_ context: RunContext) {
    var images = kernel_images(sizes)
    kernel_channel_moments(output, input, &images)
  }
}

/// A normalisation with the addresses of its operands.
struct BoundNormalization {
  let input: UnsafeMutablePointer<Float>
  let statistics: UnsafeMutablePointer<Float>
  let weight: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>
  let normalization: Normalization
  let sizes: ChannelSizes

  fileprivate var record: kernel_normalization {
    kernel_normalization(
      moments: statistics, weight: weight, bias: bias, epsilon: normalization.epsilon,
      slope: normalization.leakySlope)
  }
}

/// Values per channel brought to a mean and a deviation, with their activation.
struct NormalizeStep: Step {
  let output: UnsafeMutablePointer<Float>
  let site: BoundNormalization

  func run(_ context: RunContext) {
    var (record, images) = (site.record, kernel_images(site.sizes))
    kernel_normalize(output, site.input, &record, &images)
  }
}

/// The gradients of a normalisation's biases and weights.
struct NormalizeSumsStep: Step {
  let output: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let site: BoundNormalization

  func run(_ context: RunContext) {
    var (record, images) = (site.record, kernel_images(site.sizes))
    kernel_normalize_sums(output, gradient, site.input, &record, &images)
  }
}

/// The gradient of a normalisation's operand; without sums its statistics are constants.
struct NormalizeGradientStep: Step {
  let output: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let sums: UnsafeMutablePointer<Float>?
  let site: BoundNormalization

  func run(_ context: RunContext) {
    var (record, images) = (site.record, kernel_images(site.sizes))
    kernel_normalize_gradient(output, gradient, site.input, &record, sums, &images)
  }
}

extension kernel_images {
  fileprivate init(_ sizes: ChannelSizes) {
    self.init(batch: sizes.batch, channels: sizes.channels, area: sizes.area, block: sizes.block)
  }
}
