internal import CKernels
import Tensors

/// Sizes of images as the channel kernels take them.
struct ChannelSizes {
  let batch: Int
  let channels: Int
  let area: Int
  let block: Int
}

/// Adds a number per channel, and applies a leaky ReLU if there is a slope; in place where input is output.
struct ChannelBiasStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>
  let sizes: ChannelSizes
  let slope: Float?

  func run(_ context: RunContext) {
    kernel_channel_bias(
      output, input, bias, sizes.batch, sizes.channels, sizes.area, sizes.block, slope == nil ? 0 : 1, slope ?? 1)
  }
}

/// Sums over everything but the channels.
struct ChannelSumStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let sizes: ChannelSizes

  func run(_ context: RunContext) {
    kernel_channel_sum(output, input, sizes.batch, sizes.channels, sizes.area, sizes.block)
  }
}

/// A transposed convolution to few image channels, with its bias.
struct ThinTransposedStep: Step {
  let output: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  let scratch: UnsafeMutablePointer<Float>
  let shape: kernel_thin_shape

  func run(_ context: RunContext) {
    var shape = shape
    kernel_thin_transposed(output, gradient, weights, bias, scratch, &shape)
  }
}
