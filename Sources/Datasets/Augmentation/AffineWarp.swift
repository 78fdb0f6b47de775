import Foundation

/// A turn, a scale and a shift about the image's centre, as torchvision's `RandomAffine` with nearest sampling.
///
/// A pixel whose origin lies outside of the image becomes 0.
struct AffineWarp {
  let height: Int
  let width: Int
  /// The first row of the inverse of turn and scale; the second is (−sine, cosine).
  private let cosine: Float
  private let sine: Float
  /// Whole pixels.
  let right: Float
  let down: Float

  /// - Parameter angle: in radians, clockwise as the image is seen.
  init(height: Int, width: Int, angle: Float = 0, scale: Float = 1, right: Float = 0, down: Float = 0) {
    self.height = height
    self.width = width
    cosine = cos(angle) / scale
    sine = sin(angle) / scale
    self.right = right
    self.down = down
  }

  /// - Parameter draws: four uniform numbers: angle within ±5°, shifts within a tenth, scale from 0.9 to 1.1.
  init(_ draws: SIMD4<Float>, height: Int, width: Int) {
    let spread = 2 * draws - 1
    self.init(
      height: height, width: width, angle: spread[0] * 5 * .pi / 180, scale: 1 + 0.1 * spread[3],
      right: (spread[1] * 0.1 * Float(width)).rounded(.toNearestOrEven),
      down: (spread[2] * 0.1 * Float(height)).rounded(.toNearestOrEven))
  }

  /// Changes one item in place.
  ///
  /// - Parameter original: room for as many numbers.
  func apply(
    _ item: UnsafeMutableBufferPointer<Float>, channels: Int, original: UnsafeMutableBufferPointer<Float>
  ) {
    _ = original.update(fromContentsOf: item)
    let area = height * width
    for row in 0..<height {
      for column in 0..<width {
        let origin = origin(row: row, column: column)
        for channel in 0..<channels {
          item[channel * area + row * width + column] = origin.map { original[channel * area + $0] } ?? 0
        }
      }
    }
  }

  /// The pixel that the inverse map leads to, from centre to centre.
  private func origin(row: Int, column: Int) -> Int? {
    let x = Float(column) + 0.5 - Float(width) / 2 - right
    let y = Float(row) + 0.5 - Float(height) / 2 - down
    let sourceColumn = Int((cosine * x + sine * y + Float(width) / 2).rounded(.down))
    let sourceRow = Int((cosine * y - sine * x + Float(height) / 2).rounded(.down))
    guard (0..<height).contains(sourceRow), (0..<width).contains(sourceColumn) else { return nil }
    return sourceRow * width + sourceColumn
  }
}
