package import Experiments
import Foundation
package import Tensors

/// Images that another program made, read and checked once, then handed out a range at a time.
///
/// They come from a folder of PNG or JPEG files, a zip archive of such, or a numpy array (`.npy`, or an array of an
/// `.npz`, the first or `FILE.npz:NAME`). They stay where they are and are read again whenever they are asked for, so that
/// memory does not grow with their number.
package struct SampleImages {
  /// As it was named.
  package let path: String
  package let count: Int
  /// `[channels, height, width]` of each.
  package let shape: [Int]
  /// Whether each number is one of 256.
  package let isBytes: Bool
  /// SHA-256 of kind, shape and numbers, image after image: the same whatever the images are packed in.
  package let digest: String
  private let content: Content

  private enum Content {
    case album(PictureAlbum)
    case array(ImageArray)
  }

  /// - Parameters:
  ///   - layout: what the axes of an array are; `nil` where its shape says so.
  ///   - progress: hears how many images were read, of how many.
  /// - Throws: `SampleError`.
  package init(_ path: String, layout: ImageLayout? = nil, progress: (Int, Int) -> Void = { _, _ in }) throws {
    let place = SamplePlace(path)
    guard place.isThere else { throw SampleError.absent(path) }
    if place.isFolder {
      try self.init(PictureAlbum(folder: path), path: path, progress: progress)
    } else if place.ending == "zip" {
      try self.init(PictureAlbum(zip: path), path: path, progress: progress)
    } else if ["npy", "npz"].contains(place.ending) {
      try self.init(ImageArray(try place.numpyArray(), path: path, layout: layout), path: path, progress: progress)
    } else {
      throw SampleError.unknownKind(path)
    }
    guard count > 1 else { throw SampleError.tooFew(path, count: count) }
  }

  private init(_ album: PictureAlbum, path: String, progress: (Int, Int) -> Void) throws {
    var (shape, digest) = ([Int](), Digest())
    try album.forEach(0..<album.names.count) { index, raster in
      if index == 0 {
        shape = raster.shape
        digest.update(kind: "bytes", shape: [album.names.count] + shape)
      }
      raster.bytes.withUnsafeBytes { digest.update($0) }
      progress(index + 1, album.names.count)
    }
    (self.path, self.shape, self.digest) = (path, shape, digest.hexadecimal())
    (count, isBytes, content) = (album.names.count, true, .album(album))
  }

  private init(_ array: ImageArray, path: String, progress: (Int, Int) -> Void) throws {
    var digest = Digest()
    digest.update(kind: array.isBytes ? "bytes" : "floats", shape: [array.count] + array.shape)
    try array.check(&digest) { progress($0, array.count) }
    (self.path, shape, self.digest) = (path, array.shape, digest.hexadecimal())
    (count, isBytes, content) = (array.count, array.isBytes, .array(array))
  }

  /// Images of a range, `[n, channels · height · width]` in [0, 1].
  /// - Throws: `SampleError` where a file has changed since it was checked.
  package func images(_ range: Range<Int>) throws -> Matrix {
    var values: [Float] = []
    switch content {
    case .array(let array): values = array.images(range)
    case .album(let album):
      values.reserveCapacity(range.count * shape.reduce(1, *))
      try album.forEach(range, shape: shape) { values += $1.bytes.map { Float($0) / 255 } }
    }
    return Matrix(rows: range.count, columns: shape.reduce(1, *), values: values)
  }

  /// The first images as a picture for a report.
  package func grid(_ most: Int) throws -> ImageGrid {
    let (images, area) = (try images(0..<min(most, count)), shape[1] * shape[2])
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.values.count)
    for row in 0..<images.rows {
      for place in 0..<area {
        for channel in 0..<shape[0] { pixels.append(UInt8((images[row, channel * area + place] * 255).rounded())) }
      }
    }
    return ImageGrid(columns: 10, width: shape[2], height: shape[1], channels: shape[0], pixels: pixels)
  }
}

extension Digest {
  /// What the numbers that follow are, so that no two things have the same bytes.
  mutating func update(kind: String, shape: [Int]) {
    Array("\(kind) \(shape)\n".utf8).withUnsafeBytes { update($0) }
  }
}
