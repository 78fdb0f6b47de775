import CPNG

/// PNG pictures of grey or colours, as the numbers that are in them: a colour space or gamma that a file names is not
/// applied, as Pillow does not apply it.
///
/// Source: W3C, "Portable Network Graphics", third edition, chapters 5 (chunks) and 11.2 (those that a picture needs).
enum PNGPicture {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// The picture in a file; 16 bits are rounded to 8, and transparency is refused where it is any.
  /// - Parameter name: for messages.
  /// - Throws: `DatasetError.malformed`.
  static func decode(_ data: [UInt8], name: String) throws -> Raster {
    let needed = try chunks(of: data, name: name)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    // libpng keeps the address of the data, so that both steps happen while it holds.
    return try needed.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
        throw fault(image, name)
      }
      let size = try PictureSize(
        height: Int(image.height), width: Int(image.width), packed: mostPixels(in: needed), name: name)
      let layout = Layout(image.format)
      return try layout.raster(layout.isDeep ? deep(&image, layout, name) : flat(&image, layout, name), size, name)
    }
  }

  /// The file without the chunks that could change the numbers or that a picture does not need.
  private static func chunks(of data: [UInt8], name: String) throws -> [UInt8] {
    guard data.starts(with: signature) else { throw DatasetError.malformed(name, reason: "is no PNG picture") }
    var (needed, offset) = (signature, signature.count)
    while offset < data.count {
      // Length, type, contents and checksum.
      guard offset + 12 <= data.count else { break }
      let length = data[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= data.count - offset - 12 else { break }
      let (type, end) = (String(decoding: data[(offset + 4)..<(offset + 8)], as: UTF8.self), offset + 12 + length)
      if ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].contains(type) { needed += data[offset..<end] }
      if type == "IEND" { return needed }
      offset = end
    }
    throw DatasetError.malformed(name, reason: "is a truncated PNG picture")
  }

  /// Deflate makes at most 1,032 bytes of one.
  /// - Parameter file: one whose header, which comes first and says how many bits a number has, libpng has accepted.
  private static func mostPixels(in file: [UInt8]) -> Int { 1032 * 8 * file.count / Int(max(1, file[24])) }

  private static func flat(_ image: inout png_image, _ layout: Layout, _ name: String) throws -> [UInt8] {
    image.format = layout.format
    var pixels = [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * layout.stride)
    guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0, image.warning_or_error == 0 else {
      throw fault(image, name)
    }
    return pixels
  }

  private static func deep(_ image: inout png_image, _ layout: Layout, _ name: String) throws -> [UInt8] {
    // Numbers of 16 bits are taken for linear, and asked for as linear, so that none is changed.
    image.format = layout.format | PNG_FORMAT_FLAG_LINEAR
    var pixels = [UInt16](repeating: 0, count: Int(image.width) * Int(image.height) * layout.stride)
    guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0, image.warning_or_error == 0 else {
      throw fault(image, name)
    }
    // 65535 = 255 · 257.
    return pixels.map { UInt8((Int($0) + 128) / 257) }
  }

  private static func fault(_ image: png_image, _ name: String) -> DatasetError {
    let message = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .malformed(name, reason: "is a damaged PNG picture (libpng: \(message))")
  }
}

extension PNGPicture {
  /// What lies in a pixel.
  private struct Layout {
    let channels: Int
    let hasAlpha: Bool
    /// Whether the file has 16 bits a number.
    let isDeep: Bool

    init(_ format: UInt32) {
      func holds(_ flag: UInt32) -> Bool { format & flag != 0 }
      channels = holds(PNG_FORMAT_FLAG_COLOR) ? 3 : 1
      hasAlpha = holds(PNG_FORMAT_FLAG_ALPHA)
      isDeep = holds(PNG_FORMAT_FLAG_LINEAR)
    }

    var stride: Int { channels + (hasAlpha ? 1 : 0) }

    /// How libpng is told, for 8 bits.
    var format: UInt32 {
      (channels == 3 ? PNG_FORMAT_FLAG_COLOR : 0) | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0)
    }

    /// Plane after plane, of pixel after pixel.
    func raster(_ pixels: [UInt8], _ size: PictureSize, _ name: String) throws -> Raster {
      let area = size.height * size.width
      if hasAlpha, let place = (0..<area).first(where: { pixels[$0 * stride + channels] != 255 }) {
        throw DatasetError.malformed(
          name,
          reason: "is transparent in row \(place / size.width), column \(place % size.width); put it on a background")
      }
      let planes = (0..<channels).flatMap { channel in (0..<area).map { pixels[$0 * stride + channel] } }
      return Raster(shape: [channels, size.height, size.width], bytes: planes)
    }
  }
}
