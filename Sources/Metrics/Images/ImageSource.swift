package import Tensors

/// Items to be measured, wherever they come from: a model, a dataset, a folder of pictures.
package protocol ImageSource {
  var count: Int { get }

  /// `[channels, height, width]` of an image, `[dimensions]` of a point.
  var shape: [Int] { get }

  /// Rows of channels · height · width numbers in [0, 1], channel after channel; of points, their coordinates.
  func images(_ range: Range<Int>) throws -> Matrix

  /// Names the exact content, order included, so that features of it can be kept; `nil` where they are not worth keeping.
  var contentKey: String? { get }
}
