import Foundation

/// A convolution and the batch normalization behind it, as training leaves them.
///
///     y = γ · (w ∗ x − μ) / √(σ² + ε) + β = (s · w) ∗ x + (β − s · μ)   with   s = γ / √(σ² + ε)
struct NormalizedConvolution {
  /// `[outputs, inputs, height, width]`.
  let shape: [Int]
  let weights: [Float]
  /// γ, one an output; 1 for `nil`.
  let scale: [Float]?
  /// β, μ and σ², one an output.
  let shift: [Float]
  let mean: [Float]
  let variance: [Float]
  /// ε.
  let epsilon: Double

  /// One convolution that does the same, computed in double precision and rounded once.
  /// - Precondition: there are as many of each number as the shape says.
  func folded() -> InceptionWeights.Layer {
    let factors = variance.indices.map { Double(scale?[$0] ?? 1) / (Double(variance[$0]) + epsilon).squareRoot() }
    let size = shape.dropFirst().reduce(1, *)
    let folded = [Float](unsafeUninitializedCapacity: weights.count) { folded, filled in
      weights.withUnsafeBufferPointer { weights in
        for (output, factor) in factors.enumerated() {
          for place in (output * size)..<((output + 1) * size) {
            folded[place] = Float(factor * Double(weights[place]))
          }
        }
      }
      filled = weights.count
    }
    let biases = factors.indices.map { Float(Double(shift[$0]) - factors[$0] * Double(mean[$0])) }
    return InceptionWeights.Layer(shape: shape, weights: folded, biases: biases)
  }
}

extension InceptionWeights.Layer {
  /// Kernels whose last index is the output, `[height, width, inputs, outputs]`, as TensorFlow has them.
  init(outputsLast kernel: [Float], shape: [Int], biases: [Float]) {
    let (positions, inputs, outputs) = (shape[0] * shape[1], shape[2], shape[3])
    let weights = [Float](unsafeUninitializedCapacity: kernel.count) { weights, filled in
      kernel.withUnsafeBufferPointer { kernel in
        var place = 0
        for position in 0..<positions {
          for input in 0..<inputs {
            for output in 0..<outputs {
              weights[(output * inputs + input) * positions + position] = kernel[place]
              place += 1
            }
          }
        }
      }
      filled = kernel.count
    }
    self.init(shape: [outputs, inputs, shape[0], shape[1]], weights: weights, biases: biases)
  }
}
