import Datasets
import Tensors

/// Carries out an image protocol on images of one shape: from numbers in [0, 1] to what the Inception network takes.
struct ImagePreparation {
  /// Pixels along a side of what the network takes.
  static let side = 299

  let imageProtocol: ImageProtocol
  /// `[channels, height, width]` of the images; one channel is grey, three are red, green and blue.
  let shape: [Int]
  private let resize: Resize

  init(_ imageProtocol: ImageProtocol, shape: [Int]) {
    precondition(
      shape.count == 3 && (shape[0] == 1 || shape[0] == 3), "images of shape \(shape) are not for this network")
    self.imageProtocol = imageProtocol
    self.shape = shape
    let axis: (Int, Int) -> AxisResize
    let scale: Resize.Scale
    switch imageProtocol.resize {
    case .clean: (axis, scale) = (AxisResize.pillowBicubic, .fromBytes(isClipped: true))
    case .tf1: (axis, scale) = (AxisResize.tf1, .fromBytes(isClipped: false))
    case .torch: (axis, scale) = (AxisResize.torch, .fromUnit)
    }
    resize = Resize(rows: axis(shape[2], Self.side), columns: axis(shape[1], Self.side), scale: scale)
  }

  /// Images `[n, channels · height · width]` in [0, 1] to `[n, 3 · 299 · 299]` on the network's scale.
  func prepared(_ images: Matrix) -> Matrix {
    var altered = images
    if imageProtocol.isStretched { stretch(&altered) }
    if imageProtocol.isRounded { round(&altered) }
    if let quality = imageProtocol.quality { altered = compressed(altered, quality: quality) }
    return resized(altered)
  }

  /// (x − min) / (max − min) of each image; one without contrast becomes black. Source: daib13/TwoStageVAE,
  /// `fid_score.py`, `preprocess_fake_images` with `norm`.
  private func stretch(_ images: inout Matrix) {
    for row in 0..<images.rows {
      let place = (row * images.columns)..<((row + 1) * images.columns)
      guard let low = images.values[place].min(), let high = images.values[place].max() else { continue }
      let scale = high > low ? 1 / (high - low) : 0
      for index in place { images.values[index] = (images.values[index] - low) * scale }
    }
  }

  private func round(_ images: inout Matrix) {
    for index in images.values.indices { images.values[index] = (images.values[index] * 255).rounded() / 255 }
  }

  /// What is left of images that were written as JPEG and read again; a grey one goes through as a colour one without
  /// colours, of which red is kept.
  private func compressed(_ images: Matrix, quality: Int) -> Matrix {
    guard images.values.allSatisfy(\.isFinite) else { return images }
    let file = JPEGRoundTrip(quality: quality)
    var output = images
    for row in 0..<images.rows {
      let colours = shape[0] == 3 ? Array(images[row]) : Array(images[row]) + images[row] + images[row]
      let bytes = colours.map { UInt8(clamping: Int(($0 * 255).rounded())) }
      let kept = file.applied(to: bytes, height: shape[1], width: shape[2]).prefix(images.columns)
      output.values.replaceSubrange(
        (row * images.columns)..<((row + 1) * images.columns), with: kept.map { Float($0) / 255 })
    }
    return output
  }

  /// Images `[n, 3 · 299 · 299]`, on the network's scale.
  private func resized(_ images: Matrix) -> Matrix {
    let (planes, area, copies) = (images.rows * shape[0], Self.side * Self.side, 3 / shape[0])
    let values = [Float](unsafeUninitializedCapacity: planes * copies * area) { buffer, count in
      images.values.withUnsafeBufferPointer { input in
        for plane in 0..<planes {
          let place = plane * copies * area
          let first = UnsafeMutableBufferPointer(rebasing: buffer[place..<(place + area)])
          let size = shape[1] * shape[2]
          resize.scale(UnsafeBufferPointer(rebasing: input[(plane * size)..<((plane + 1) * size)]), into: first)
          for copy in stride(from: 1, to: copies, by: 1) {
            _ = UnsafeMutableBufferPointer(rebasing: buffer[(place + copy * area)...]).update(fromContentsOf: first)
          }
        }
      }
      count = planes * copies * area
    }
    return Matrix(rows: images.rows, columns: 3 * area, values: values)
  }
}
