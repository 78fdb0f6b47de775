package import Tensors

/// Batch normalisation of images `[batch, channels, height, width]` or features `[batch, channels]`, and the leaky ReLU
/// after it (Ioffe and Szegedy 2015): lrelu(weight · (x − mean) / √(variance + ε) + bias).
///
/// While training, mean and (biased) variance are those of the batch, and the states `running_mean` and `running_var`
/// follow them; outside of training the states take their place. Parameters and states are named as
/// `torch.nn.BatchNorm2d` names them; weights start as one, biases as zero.
package struct BatchNorm: Layer {
  /// How quickly the running statistics follow, and ε.
  package enum Convention: Hashable, Sendable {
    /// running ← (1 − momentum) · running + momentum · batch, with the unbiased variance, as `torch.nn.BatchNorm2d`.
    case pytorch(momentum: Float = 0.1, epsilon: Float = 1e-5)
    /// running ← decay · running + (1 − decay) · batch, with the biased variance, as `tf.nn.moments` gives it to
    /// `tf.layers.batch_normalization(fused=False)` and to features; TensorFlow's fused kernel for images keeps the
    /// unbiased one, larger by N / (N − 1) for N values a channel.
    case tensorFlow(decay: Float = 0.999, epsilon: Float = 1e-5)

    var epsilon: Float {
      switch self {
      case .pytorch(_, let epsilon), .tensorFlow(_, let epsilon): epsilon
      }
    }

    /// The share of the batch in the new running statistics.
    var share: Float {
      switch self {
      case .pytorch(let momentum, _): momentum
      case .tensorFlow(let decay, _): 1 - decay
      }
    }

    /// What the batch's variance over `count` values is multiplied by for the running one.
    func correction(count: Int) -> Float {
      switch self {
      case .pytorch: Float(count) / Float(max(count - 1, 1))
      case .tensorFlow: 1
      }
    }
  }

  package let name: String
  package let channels: Int
  package let convention: Convention
  /// The slope of the leaky ReLU that follows: 0 is the ReLU, 1 none.
  package let leakySlope: Float

  package init(_ name: String, channels: Int, convention: Convention = .pytorch(), leakySlope: Float = 1) {
    self.name = name
    self.channels = channels
    self.convention = convention
    self.leakySlope = leakySlope
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let graph = x.graph
    let weight = graph.parameter(name + ".weight", [channels], .constant(1))
    let bias = graph.parameter(name + ".bias", [channels], .constant(0))
    let mean = graph.state(name + ".running_mean", [channels], .constant(0))
    let variance = graph.state(name + ".running_var", [channels], .constant(1))
    guard graph.isTraining else {
      let statistics = Tensor.concatenate([mean, variance], axis: 0).reshaped([2, channels])
      return x.normalized(
        by: statistics, weight: weight, bias: bias, epsilon: convention.epsilon, leakySlope: leakySlope)
    }
    let moments = x.channelMoments
    let batch = moments.reshaped([2 * channels])
    let count = x.shape.count / channels
    follow(mean, batch.slice(axis: 0, 0..<channels))
    follow(variance, batch.slice(axis: 0, channels..<(2 * channels)) * convention.correction(count: count))
    return x.normalized(
      byItsOwn: moments, weight: weight, bias: bias, epsilon: convention.epsilon, leakySlope: leakySlope)
  }

  private func follow(_ state: Tensor, _ batch: Tensor) {
    state.graph.assign(state, state * (1 - convention.share) + batch * convention.share)
  }
}
