/// Mean and biased variance of each channel over all other axes: `[batch, channels, …]` to `[2, channels]`.
package struct ChannelMoments: Operation {
  package func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].hasChannels, "\(inputs[0]) has no channels")
    return [2, inputs[0][1]]
  }

  /// g_mean / N + 2 g_variance (x − mean) / N, for N values a channel.
  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let x = application.inputs[0]
    let share = 1 / Float(x.shape.count / x.shape[1])
    let mean = application.output.row(0, alongChannelsOf: x)
    let slope = upstream.row(1, alongChannelsOf: x) * (2 * share)
    return [(x - mean) * slope + upstream.row(0, alongChannelsOf: x) * share]
  }
}

extension Tensor {
  /// Mean and biased variance of each channel, `[2, channels]`.
  package var channelMoments: Tensor { graph.apply(ChannelMoments(), to: [self]) }

  /// One of two rows of numbers per channel, in a shape that stretches to the images or features.
  fileprivate func row(_ index: Int, alongChannelsOf x: Tensor) -> Tensor {
    let inner = Array(repeating: 1, count: x.shape.rank - 2)
    return slice(axis: 0, index..<(index + 1)).reshaped(Shape([x.shape[1]] + inner))
  }
}

extension Shape {
  /// Whether this is the shape of images `[batch, channels, height, width]` or of features `[batch, channels]`.
  var hasChannels: Bool { rank == 4 || rank == 2 }
}
