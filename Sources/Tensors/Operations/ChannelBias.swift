/// A number per channel added to images: `[batch, channels, height, width] + [channels]`.
package struct ChannelBias: Operation {
  package func shape(of inputs: [Shape]) -> Shape {
    precondition(
      inputs[0].rank == 4 && inputs[1] == [inputs[0][1]], "\(inputs[1]) is no bias for the channels of \(inputs[0])")
    return inputs[0]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream, upstream.channelSums]
  }
}

/// The sum over everything but the channels: `[batch, channels, height, width]` to `[channels]`.
package struct ChannelSum: Operation {
  package func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 4, "\(inputs[0]) has no channels")
    return [inputs[0][1]]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let wide = application.inputs[0].shape
    return [upstream.reshaped([1, wide[1], 1, 1]).stretched(to: wide)]
  }
}

extension Tensor {
  /// The sum over batch and place of each channel.
  package var channelSums: Tensor { graph.apply(ChannelSum(), to: [self]) }

  /// These images with `bias[channel]` added to every element of a channel.
  package func addingChannelBias(_ bias: Tensor) -> Tensor { graph.apply(ChannelBias(), to: [self, bias]) }
}
