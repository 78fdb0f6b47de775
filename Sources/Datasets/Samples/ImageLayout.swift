/// What the axes of an array of images are.
package enum ImageLayout: String, Sendable, CaseIterable {
  /// `[n, channels, height, width]`
  case nchw
  /// `[n, height, width, channels]`
  case nhwc

  /// The layout of a shape of four axes; `nil` where none of them can be the channels.
  /// - Throws: `SampleError.ambiguous` where two of them can.
  static func of(_ shape: [Int], path: String) throws(SampleError) -> ImageLayout? {
    let fits = allCases.filter { $0.fits(shape) }
    guard fits.count < 2 else { throw .ambiguous(path, shape: shape) }
    return fits.first
  }

  /// Whether the axis that would be the channels has 1 or 3 of them.
  func fits(_ shape: [Int]) -> Bool { shape.count == 4 && [1, 3].contains(shape[self == .nchw ? 1 : 3]) }

  /// `[channels, height, width]` of an array's images.
  func itemShape(of shape: [Int]) -> [Int] {
    self == .nchw ? Array(shape[1...]) : [shape[3], shape[1], shape[2]]
  }

  /// The numbers of whole images of this layout, plane after plane.
  /// - Parameter shape: `[channels, height, width]`.
  func planar<Number: BitwiseCopyable>(_ values: [Number], itemShape shape: [Int]) -> [Number] {
    let (channels, area) = (shape[0], shape[1] * shape[2])
    guard self == .nhwc, channels > 1 else { return values }
    return [Number](unsafeUninitializedCapacity: values.count) { planes, filled in
      values.withUnsafeBufferPointer { values in
        for image in stride(from: 0, to: values.count, by: channels * area) {
          for channel in 0..<channels {
            for place in 0..<area {
              planes[image + channel * area + place] = values[image + place * channels + channel]
            }
          }
        }
      }
      filled = values.count
    }
  }
}
