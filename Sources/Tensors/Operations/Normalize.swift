/// Batch normalisation with a leaky ReLU: lrelu(weight · (x − mean) / √(variance + ε) + bias) for each channel.
///
/// The operands are `[batch, channels, …]`, the statistics `[2, channels]` (means, then variances), the weights and the
/// biases `[channels]`. Gradients are first-order only: nothing in the papers differentiates a normalised network twice,
/// and the pass that the batch's statistics allow (one reduction, one elementwise) has no simple derivative.
package struct Normalize: Operation {
  package let normalization: Normalization

  package func shape(of inputs: [Shape]) -> Shape {
    let channels = inputs[0][1]
    precondition(
      inputs[0].hasChannels && inputs[1] == [2, channels] && inputs[2] == [channels] && inputs[3] == [channels],
      "\(inputs[0]) is not normalised by statistics \(inputs[1]), weights \(inputs[2]) and biases \(inputs[3])")
    return inputs[0]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let operands = application.inputs
    let channels = operands[2].shape[0]
    let graph = upstream.graph
    let sums = graph.apply(NormalizeSums(normalization: normalization), to: [upstream] + operands)
    let x = graph.apply(NormalizeInputGradient(normalization: normalization), to: [upstream] + operands + [sums])
    let rows = sums.reshaped([2 * channels])
    return [x, nil, rows.slice(axis: 0, channels..<(2 * channels)), rows.slice(axis: 0, 0..<channels)]
  }
}

/// What of a normalisation is fixed when it is traced.
package struct Normalization: Hashable, Sendable {
  package let epsilon: Float
  /// The slope of the leaky ReLU that follows: 0 is the ReLU, 1 none.
  package let leakySlope: Float
  /// Whether the statistics are the moments of the very operand, so that its gradient flows through them as well;
  /// otherwise they are constants.
  package let isOfBatch: Bool
}

/// Σ g and Σ g · x̂ of each channel, `[2, channels]`, from the gradient and the operands of `Normalize`.
///
/// g is the gradient before the leaky ReLU and x̂ the operand without weight and bias: the gradients of bias and weight.
package struct NormalizeSums: Operation {
  package let normalization: Normalization

  package func shape(of inputs: [Shape]) -> Shape { [2, inputs[1][1]] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    preconditionFailure("a batch normalisation is differentiated once only")
  }
}

/// The gradient of `Normalize` with respect to its operand, from the output's gradient, the operands and `NormalizeSums`.
///
/// weight / √(variance + ε) · (g − Σ g / N − x̂ Σ g x̂ / N), without the sums where the statistics are constants.
package struct NormalizeInputGradient: Operation {
  package let normalization: Normalization

  package func shape(of inputs: [Shape]) -> Shape { inputs[1] }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    preconditionFailure("a batch normalisation is differentiated once only")
  }
}

extension Tensor {
  /// These images or features normalised by statistics `[2, channels]` that gradients take for constants.
  package func normalized(
    by statistics: Tensor, weight: Tensor, bias: Tensor, epsilon: Float, leakySlope: Float = 1
  ) -> Tensor {
    let normalization = Normalization(epsilon: epsilon, leakySlope: leakySlope, isOfBatch: false)
    return graph.apply(Normalize(normalization: normalization), to: [self, statistics, weight, bias])
  }

  /// These images or features normalised by their own `channelMoments`, through which their gradient flows.
  package func normalized(
    byItsOwn moments: Tensor, weight: Tensor, bias: Tensor, epsilon: Float, leakySlope: Float = 1
  ) -> Tensor {
    precondition(
      moments.node.operation is ChannelMoments && moments.node.inputs == [index],
      "the moments are not those of the tensor that they are to normalise")
    let normalization = Normalization(epsilon: epsilon, leakySlope: leakySlope, isOfBatch: true)
    return graph.apply(Normalize(normalization: normalization), to: [self, moments, weight, bias])
  }
}
