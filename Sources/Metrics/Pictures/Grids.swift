import Datasets
import Experiments
import Tensors

extension Subject {
  /// Images as 8-bit pixels, ten in a row unless told otherwise, from `[n, channels · height · width]` in [0, 1].
  func grid(of images: Matrix, columns: Int = 10) -> ImageGrid {
    let shape = dataset.card.itemShape
    let (channels, area) = (shape[0], shape[1] * shape[2])
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.values.count)
    for row in 0..<images.rows {
      for place in 0..<area {
        for channel in 0..<channels { pixels.append(pixel(images[row, channel * area + place])) }
      }
    }
    return ImageGrid(columns: columns, width: shape[2], height: shape[1], channels: channels, pixels: pixels)
  }
}

/// A value as 8 bits; what is not a number is black.
private func pixel(_ value: Float) -> UInt8 { value.isFinite ? UInt8((min(max(value, 0), 1) * 255).rounded()) : 0 }
