import Tensors

extension ChannelMoments: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let means = inputs[0].channelMeans { $0 }
    var channel = inputs[0].channels.makeIterator()
    let variances = inputs[0].channelMeans { element in
      let distance = element - means[channel.next() ?? 0]
      return distance * distance
    }
    return means + variances
  }
}

extension Normalize: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let terms = NormalizationTerms(inputs, normalization)
    return terms.preactivations.map { $0 > 0 ? $0 : Double(normalization.leakySlope) * $0 }
  }
}

extension NormalizeSums: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let terms = NormalizationTerms(Array(inputs[1...]), normalization)
    let channels = shape[1]
    var sums = Array(repeating: 0.0, count: 2 * channels)
    for (index, g) in terms.beforeActivation(inputs[0]).enumerated() {
      sums[terms.channels[index]] += g
      sums[channels + terms.channels[index]] += g * terms.standardized[index]
    }
    return sums
  }
}

extension NormalizeInputGradient: OperationTwin {
  func evaluate(_ inputs: [Value], shape: Shape) -> [Double] {
    let terms = NormalizationTerms(Array(inputs[1...4]), normalization)
    let (sums, channels) = (inputs[5].elements, shape[1])
    let count = normalization.isOfBatch ? Double(shape.count / channels) : .infinity
    return terms.beforeActivation(inputs[0]).enumerated().map { index, g in
      let channel = terms.channels[index]
      let drift = (sums[channel] + terms.standardized[index] * sums[channels + channel]) / count
      return terms.scales[channel] * (g - drift)
    }
  }
}

/// The numbers that a normalisation and its gradients share, element by element.
private struct NormalizationTerms {
  let channels: [Int]
  /// Weight / √(variance + ε) of each channel.
  let scales: [Double]
  /// (x − mean) / √(variance + ε)
  let standardized: [Double]
  /// What the leaky ReLU is applied to.
  let preactivations: [Double]
  private let slope: Double

  init(_ operands: [Value], _ normalization: Normalization) {
    let (x, statistics) = (operands[0], operands[1].elements)
    let count = x.shape[1]
    let deviations = statistics[count...].map { ($0 + Double(normalization.epsilon)).squareRoot() }
    let channels = x.channels
    let standardized = zip(x.elements, channels).map { ($0 - statistics[$1]) / deviations[$1] }
    preactivations = zip(standardized, channels).map { $0 * operands[2].elements[$1] + operands[3].elements[$1] }
    scales = zip(operands[2].elements, deviations).map { $0 / $1 }
    slope = Double(normalization.leakySlope)
    (self.channels, self.standardized) = (channels, standardized)
  }

  func beforeActivation(_ gradient: Value) -> [Double] {
    zip(gradient.elements, preactivations).map { $1 > 0 ? $0 : slope * $0 }
  }
}

extension Value {
  /// The channel of every element.
  fileprivate var channels: [Int] { shape.everyCoordinates.map { $0[1] } }

  /// The mean of a function of the elements of each channel.
  fileprivate func channelMeans(of function: (Double) -> Double) -> [Double] {
    var sums = Array(repeating: 0.0, count: shape[1])
    for (element, channel) in zip(elements, channels) { sums[channel] += function(element) }
    return sums.map { $0 / Double(shape.count / shape[1]) }
  }
}
