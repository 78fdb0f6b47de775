/// PNG and JPEG files of any size to pictures, told apart by how they begin. Not thread-safe.
final class PictureDecoder {
  private let jpeg = JPEG()

  /// A picture of one channel or of three.
  /// - Parameter name: for messages.
  /// - Throws: `DatasetError.malformed` where it is neither, damaged, transparent or larger than any picture is.
  func decode(_ data: [UInt8], name: String) throws -> Raster {
    if data.starts(with: PNGPicture.signature) { return try PNGPicture.decode(data, name: name) }
    if data.starts(with: [0xff, 0xd8]) { return try jpeg.decode(data, name: name) }
    throw DatasetError.malformed(name, reason: "is neither a PNG nor a JPEG picture")
  }
}

/// The size of a picture for which memory may be asked.
struct PictureSize: Equatable {
  let height: Int
  let width: Int

  /// 64 million pixels: twice what cameras make of one.
  static let most = 1 << 26

  /// - Parameter packed: more pixels than a file of this length can hold, however well it is packed.
  /// - Throws: `DatasetError.malformed` where there is no pixel, more than `most`, or more than `packed`.
  init(height: Int, width: Int, packed: Int, name: String) throws(DatasetError) {
    let (area, overflows) = height.multipliedReportingOverflow(by: width)
    guard height > 0, width > 0, !overflows, area <= Self.most else {
      throw .malformed(
        name, reason: "says that it is a picture of \(height) × \(width) pixels, which is more than is read")
    }
    guard area <= packed else {
      throw .malformed(name, reason: "is too short for the \(height) × \(width) pixels that it says it has")
    }
    self.height = height
    self.width = width
  }
}
