package import Tensors

/// The jittering and warping of training images in dpVAE's code (dataset.py, `augment: true`).
///
/// With probability ½ a colour jitter (brightness, contrast and saturation 0.5, hue 0.25), then with probability ½ an
/// affine map (±5°, shifts of up to a tenth, scales from 0.9 to 1.1). Both have the meaning of torchvision's transforms
/// of these names; pixels stay numbers between them, where torchvision rounds to whole 256ths after each step. Points are
/// left as they are.
package struct Augmentation: Sendable {
  private let shape: [Int]

  /// - Parameter itemShape: `[channels, height, width]`; items of another rank are left as they are.
  package init(itemShape: [Int]) { shape = itemShape }

  /// Changes one item in place; the same generator and stream change it in the same way.
  ///
  /// - Parameters:
  ///   - item: numbers in [0, 1]; they stay there.
  ///   - scratch: room for as many numbers.
  package func apply(
    _ item: UnsafeMutableBufferPointer<Float>, using generator: Generator, stream: UInt64,
    scratch: UnsafeMutableBufferPointer<Float>
  ) {
    guard shape.count == 3 else { return }
    precondition(item.count == shape.reduce(1, *), "\(item.count) numbers are no image of shape \(shape)")
    // A fixed number of draws, so that no decision moves the draws of the next.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 11) { draws in
      generator.fillUniform(draws, stream: stream)
      if draws[0] < 0.5 {
        let factors = SIMD4(draws[1], draws[2], draws[3], draws[4])
        ColourJitter(factors, order: draws[5]).apply(item, channels: shape[0])
      }
      if draws[6] < 0.5 {
        let warp = AffineWarp(SIMD4(draws[7], draws[8], draws[9], draws[10]), height: shape[1], width: shape[2])
        warp.apply(item, channels: shape[0], original: scratch)
      }
    }
  }
}
