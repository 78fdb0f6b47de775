/// What becomes of a picture that is written as a JPEG file, colours at half of the resolution, and read again.
package struct JPEGRoundTrip {
  private let quality: Int
  private let codec = JPEG()

  /// - Parameter quality: from 1 to 100, on the scale of the Independent JPEG Group.
  package init(quality: Int) { self.quality = quality }

  /// Planes of red, green and blue to such planes again.
  package func applied(to planes: [UInt8], height: Int, width: Int) -> [UInt8] {
    let shape = [3, height, width]
    let file = codec.encode(Raster(shape: shape, bytes: planes), quality: quality)
    do { return try codec.decode(file, shape: shape, name: "a picture in memory").bytes } catch {
      preconditionFailure("what libjpeg-turbo writes, it reads: \(error)")
    }
  }
}
