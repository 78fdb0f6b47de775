/// A picture of 8-bit numbers, plane after plane: `[channels, height, width]`.
struct Raster: Equatable {
  let channels: Int
  let height: Int
  let width: Int
  let bytes: [UInt8]

  var shape: [Int] { [channels, height, width] }

  init(shape: [Int], bytes: [UInt8]) {
    precondition(bytes.count == shape.reduce(1, *), "\(bytes.count) bytes are no picture of shape \(shape)")
    (channels, height, width) = (shape[0], shape[1], shape[2])
    self.bytes = bytes
  }

  /// From pixel after pixel, red, green and blue each.
  init(interleaved pixels: [UInt8], height: Int, width: Int) {
    let area = height * width
    let bytes = [UInt8](unsafeUninitializedCapacity: 3 * area) { planes, filled in
      pixels.withUnsafeBufferPointer { pixels in
        for place in 0..<area {
          planes[place] = pixels[3 * place]
          planes[area + place] = pixels[3 * place + 1]
          planes[2 * area + place] = pixels[3 * place + 2]
        }
      }
      filled = 3 * area
    }
    self.init(shape: [3, height, width], bytes: bytes)
  }

  /// Pixel after pixel: `[height, width, channels]`.
  func interleaved() -> [UInt8] {
    let area = height * width
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { pixels, filled in
      bytes.withUnsafeBufferPointer { planes in
        for channel in 0..<channels {
          for place in 0..<area { pixels[channels * place + channel] = planes[channel * area + place] }
        }
      }
      filled = bytes.count
    }
  }

  /// The rectangle of the given size whose first row and column are `top` and `left`.
  func cropped(top: Int, left: Int, height: Int, width: Int) -> Raster {
    var cut: [UInt8] = []
    cut.reserveCapacity(channels * height * width)
    for channel in 0..<channels {
      for row in top..<(top + height) {
        let start = (channel * self.height + row) * self.width + left
        cut += bytes[start..<(start + width)]
      }
    }
    return Raster(shape: [channels, height, width], bytes: cut)
  }
}

/// The pictures of one split in their official order; the files are read from their front whenever asked for.
struct Split {
  let count: Int
  /// `[channels, height, width]` of each picture.
  let shape: [Int]
  /// Hands each picture over, with its class where it has one.
  let forEach: (_ body: (Raster, UInt8?) throws -> Void) throws -> Void
}
