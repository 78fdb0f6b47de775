internal import CPNG
package import Experiments
package import Foundation

/// PNG files in memory, without time stamps: the same picture gives the same bytes.
package enum PNG {
  /// The images side by side, lines of one pixel between them.
  ///
  /// - Throws: `ReportingError.picture` where there is no image, or libpng refuses.
  package static func encode(_ grid: ImageGrid) throws -> Data { try encode(Raster(grid)) }

  package static func encode(_ raster: Raster) throws -> Data {
    guard raster.width > 0, raster.height > 0, raster.channels == 1 || raster.channels == 3 else {
      throw ReportingError.picture(
        "a picture of \(raster.width) by \(raster.height) pixels and \(raster.channels) channels cannot be a PNG")
    }
    var image = empty(channels: raster.channels)
    image.width = UInt32(raster.width)
    image.height = UInt32(raster.height)
    defer { png_image_free(&image) }
    var size = largest(raster)
    var data = Data(count: size)
    let written = data.withUnsafeMutableBytes {
      png_image_write_to_memory(&image, $0.baseAddress, &size, 0, raster.pixels, 0, nil)
    }
    guard written != 0 else { throw failure(image) }
    return data.prefix(size)
  }

  /// Bytes that no file of these pixels exceeds: each row with its filter's byte, what zlib adds where nothing shrinks
  /// (its compressBound), and the chunks around. Asking libpng instead would compress everything twice.
  private static func largest(_ raster: Raster) -> Int {
    let bytes = raster.pixels.count + raster.height
    return bytes + bytes / 8 + bytes / 64 + 4096
  }

  /// Reads a PNG as grey or, where it has colour, as red, green, blue.
  ///
  /// - Throws: `ReportingError.picture` where the data are no PNG.
  package static func decode(_ data: Data) throws -> Raster {
    var image = empty(channels: 1)
    defer { png_image_free(&image) }
    return try data.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else { throw failure(image) }
      let channels = image.format & UInt32(PNG_FORMAT_FLAG_COLOR) == 0 ? 1 : 3
      image.format = format(channels: channels)
      let (width, height) = (Int(image.width), Int(image.height))
      var pixels = [UInt8](repeating: 0, count: width * height * channels)
      guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { throw failure(image) }
      return Raster(width: width, height: height, channels: channels, pixels: pixels)
    }
  }

  private static func empty(channels: Int) -> png_image {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.format = format(channels: channels)
    return image
  }

  private static func format(channels: Int) -> UInt32 {
    UInt32(channels == 1 ? PNG_FORMAT_GRAY : Int32(PNG_FORMAT_RGB))
  }

  private static func failure(_ image: png_image) -> ReportingError {
    let message = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .picture("libpng says '\(message)'; the data are damaged or no PNG")
  }
}
