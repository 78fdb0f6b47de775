/// Scaling along one axis: each output number is a weighted sum of a few neighbouring inputs.
struct AxisResize {
  let inputs: Int
  let outputs: Int
  /// Weights of one output.
  let taps: Int
  /// The first input of each output; all its taps lie within the inputs.
  let firsts: [Int]
  /// Those of the first output, then those of the second, and so on; zeros where fewer than `taps` count.
  let weights: [Double]

  /// - Parameter shares: the first input of an output and the weights of those from there on.
  private init(from inputs: Int, to outputs: Int, _ shares: (Int) -> (first: Int, weights: [Double])) {
    let all = (0..<outputs).map(shares)
    let taps = all.map(\.weights.count).max() ?? 0
    (self.inputs, self.outputs, self.taps) = (inputs, outputs, taps)
    // A window that would reach beyond the last input starts earlier, with zeros in front.
    firsts = all.map { max(0, min($0.first, inputs - taps)) }
    weights = zip(all, firsts).flatMap { share, first in
      let front = [Double](repeating: 0, count: share.first - first)
      let padded = front + share.weights
      return padded + [Double](repeating: 0, count: taps - padded.count)
    }
  }

  /// Bilinear between centres: output o lies at (o + ½) s − ½, s = inputs / outputs, at least 0; in float32, as PyTorch's
  /// `interpolate(mode="bilinear", align_corners=False)` computes it.
  static func torch(from inputs: Int, to outputs: Int) -> AxisResize {
    let scale = Float(inputs) / Float(outputs)
    return bilinear(from: inputs, to: outputs) { max(0, scale * (Float($0) + 0.5) - 0.5) }
  }

  /// Bilinear between corners: output o lies at o s; in float32, as TensorFlow 1's `ResizeBilinear` computes it.
  static func tf1(from inputs: Int, to outputs: Int) -> AxisResize {
    let scale = Float(inputs) / Float(outputs)
    return bilinear(from: inputs, to: outputs) { Float($0) * scale }
  }

  private static func bilinear(
    from inputs: Int, to outputs: Int, at position: (Int) -> Float
  ) -> AxisResize {
    AxisResize(from: inputs, to: outputs) { output in
      let place = position(output)
      let first = min(Int(place), inputs - 1)
      let share = Double(place - Float(first))
      return first + 1 < inputs ? (first, [1 - share, share]) : (first, [1])
    }
  }

  /// Keys' bicubic kernel with a = −½ over a window that widens as the axis shrinks, its weights divided by their sum: that
  /// of Pillow's `resize(…, BICUBIC)` (libImaging/Resample.c).
  static func pillowBicubic(from inputs: Int, to outputs: Int) -> AxisResize {
    let scale = Double(inputs) / Double(outputs)
    let stretch = max(scale, 1)
    return AxisResize(from: inputs, to: outputs) { output in
      let centre = (Double(output) + 0.5) * scale
      let first = max(0, Int(centre - 2 * stretch + 0.5))
      let last = min(inputs, Int(centre + 2 * stretch + 0.5))
      let shares = (first..<last).map { cubic((Double($0) - centre + 0.5) / stretch) }
      let sum = shares.reduce(0, +)
      return (first, shares.map { $0 / sum })
    }
  }

  private static func cubic(_ x: Double) -> Double {
    let (a, x) = (-0.5, abs(x))
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }
}
