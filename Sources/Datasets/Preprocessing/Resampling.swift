/// Scaling along one axis by a triangular window that widens as the picture shrinks, so that no pixel is passed over.
///
/// The weight of input pixel i for output pixel o is max(0, 1 − |i + ½ − (o + ½) s| / max(s, 1)) with s = inputs / outputs,
/// divided by the sum of weights; in whole numbers of 2⁻²², and every result is rounded to 8 bits. These are the bits that
/// `Image.resize(…, BILINEAR)` of Pillow gives (libImaging/Resample.c), and torchvision's `Resize` on its images.
struct Resampling {
  let outputs: Int
  private let firsts: [Int]
  private let weights: [[Int32]]

  private static let precision = 22

  init(from inputs: Int, to outputs: Int) {
    self.outputs = outputs
    let scale = Double(inputs) / Double(outputs)
    let reach = max(scale, 1)
    var (firsts, weights): ([Int], [[Int32]]) = ([], [])
    for output in 0..<outputs {
      let centre = (Double(output) + 0.5) * scale
      let first = max(0, Int(centre - reach + 0.5))
      let last = min(inputs, Int(centre + reach + 0.5))
      let shares = (first..<last).map { max(0, 1 - abs((Double($0) - centre + 0.5) / reach)) }
      let sum = shares.reduce(0, +)
      firsts.append(first)
      weights.append(shares.map { Int32(0.5 + $0 / sum * Double(1 << Self.precision)) })
    }
    self.firsts = firsts
    self.weights = weights
  }

  /// One output number from inputs that lie `stride` apart.
  @inline(__always)
  private func number(_ output: Int, of input: UnsafePointer<UInt8>, stride: Int) -> UInt8 {
    let (first, shares) = (firsts[output], weights[output])
    var sum: Int32 = 1 << (Self.precision - 1)
    for index in shares.indices { sum += Int32(input[(first + index) * stride]) * shares[index] }
    return UInt8(clamping: sum >> Self.precision)
  }

  /// The rows of a picture, each scaled.
  func alongRows(_ raster: Raster) -> Raster {
    let rows = raster.channels * raster.height
    return transformed(raster, shape: [raster.channels, raster.height, outputs]) { input, output in
      for row in 0..<rows {
        let line = input + row * raster.width
        for column in 0..<outputs { output[row * outputs + column] = number(column, of: line, stride: 1) }
      }
    }
  }

  /// The columns of a picture, each scaled.
  func alongColumns(_ raster: Raster) -> Raster {
    let width = raster.width
    return transformed(raster, shape: [raster.channels, outputs, width]) { input, output in
      for channel in 0..<raster.channels {
        let plane = input + channel * raster.height * width
        for row in 0..<outputs {
          let line = output + (channel * outputs + row) * width
          for column in 0..<width { line[column] = number(row, of: plane + column, stride: width) }
        }
      }
    }
  }

  private func transformed(
    _ raster: Raster, shape: [Int], _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> Raster {
    let count = shape.reduce(1, *)
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, filled in
      raster.bytes.withUnsafeBufferPointer { input in
        if let from = input.baseAddress, let to = output.baseAddress { body(from, to) }
      }
      filled = count
    }
    return Raster(shape: shape, bytes: bytes)
  }
}
