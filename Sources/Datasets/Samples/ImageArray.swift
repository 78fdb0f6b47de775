import Experiments
import Tensors

/// An array of images in a file of NumPy, read a range at a time.
struct ImageArray {
  let count: Int
  /// `[channels, height, width]` of each.
  let shape: [Int]
  private let array: NumpyArray
  private let path: String
  /// `nil` where there is no axis of channels.
  private let layout: ImageLayout?

  /// Whether each number is one of 256.
  var isBytes: Bool { array.format == .uint8 }

  private var size: Int { shape.reduce(1, *) }

  /// - Parameter asked: the layout that somebody says it has.
  /// - Throws: `SampleError` where shape or type are not those of images.
  init(_ array: NumpyArray, path: String, layout asked: ImageLayout?) throws(SampleError) {
    guard [.uint8, .float16, .float32, .float64].contains(array.format) else {
      throw .imageType(path, type: array.format.rawValue)
    }
    guard array.shape.count == 3 || array.shape.count == 4, !array.shape.dropFirst().contains(0) else {
      throw .noImages(path, shape: array.shape)
    }
    if array.shape.count == 3 {
      if let asked { throw .otherLayout(path, shape: array.shape, layout: asked.rawValue) }
      (layout, shape) = (nil, [1, array.shape[1], array.shape[2]])
    } else {
      let layout = try Self.layout(of: array.shape, asked: asked, path: path)
      (self.layout, shape) = (layout, layout.itemShape(of: array.shape))
    }
    (self.array, self.path, count) = (array, path, array.shape[0])
  }

  private static func layout(
    of shape: [Int], asked: ImageLayout?, path: String
  ) throws(SampleError) -> ImageLayout {
    if let asked {
      guard asked.fits(shape) else { throw .otherLayout(path, shape: shape, layout: asked.rawValue) }
      return asked
    }
    guard let layout = try ImageLayout.of(shape, path: path) else { throw .noImages(path, shape: shape) }
    return layout
  }

  /// The numbers of images, plane after plane, from 0 to 1.
  func images(_ range: Range<Int>) -> [Float] {
    isBytes ? bytes(range).map { Float($0) / 255 } : floats(range).map { min(max($0, 0), 1) }
  }

  /// Feeds all numbers to a digest, and checks those that are not bytes.
  /// - Parameter progress: hears how many images were read.
  /// - Throws: `SampleError.notFinite`, `.outOfRange`.
  func check(_ digest: inout Digest, progress: (Int) -> Void) throws(SampleError) {
    let step = max(1, (1 << 22) / size)
    for start in stride(from: 0, to: count, by: step) {
      let range = start..<min(start + step, count)
      if isBytes {
        bytes(range).withUnsafeBytes { digest.update($0) }
      } else {
        try check(from: start, array.floats(numbers(of: range)))
        floats(range).withUnsafeBytes { digest.update($0) }
      }
      progress(range.upperBound)
    }
  }

  /// How far over its end a number may lie that was rounded on its way.
  private static let slack: Float = 1e-5

  private func check(from start: Int, _ values: [Float]) throws(SampleError) {
    let bounds = -Self.slack...(1 + Self.slack)
    guard let place = values.firstIndex(where: { !bounds.contains($0) }) else { return }
    let (value, index) = (values[place], index(of: start * size + place))
    guard value.isFinite else { throw .notFinite(path, value: "\(value)", index: index) }
    throw .outOfRange(path, value: Double(value), index: index)
  }

  /// The index of a number, as NumPy has it.
  private func index(of place: Int) -> [Int] {
    var (rest, index) = (place, [Int]())
    for extent in array.shape.reversed() {
      index.insert(rest % extent, at: 0)
      rest /= extent
    }
    return index
  }

  private func numbers(of range: Range<Int>) -> Range<Int> { (range.lowerBound * size)..<(range.upperBound * size) }

  private func bytes(_ range: Range<Int>) -> [UInt8] { planar([UInt8](array.chunk(numbers(of: range)))) }

  private func floats(_ range: Range<Int>) -> [Float] { planar(array.floats(numbers(of: range))) }

  private func planar<Number: BitwiseCopyable>(_ values: [Number]) -> [Number] {
    layout?.planar(values, itemShape: shape) ?? values
  }
}
