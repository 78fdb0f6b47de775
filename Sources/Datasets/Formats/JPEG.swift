import CTurboJPEG

/// JPEG pictures through libjpeg-turbo, with the slow and exact transform and smooth upsampling, as Pillow has them.
final class JPEG {
  private var decoder: tjhandle?
  private let encoder: tjhandle?

  init() {
    decoder = tjInitDecompress()
    encoder = tjInitCompress()
    precondition(decoder != nil && encoder != nil, "libjpeg-turbo does not start")
  }

  deinit {
    tjDestroy(decoder)
    tjDestroy(encoder)
  }

  /// A picture in colour.
  /// - Parameters:
  ///   - shape: `[3, height, width]`, which the picture must have; nothing is allocated for one that has not.
  ///   - name: for messages.
  /// - Throws: `DatasetError.malformed`.
  func decode(_ data: [UInt8], shape: [Int], name: String) throws(DatasetError) -> Raster {
    try renewing { () throws(DatasetError) in
      let size = try header(of: data, name).size
      guard (size.height, size.width) == (shape[1], shape[2]) else {
        throw DatasetError.malformed(
          name,
          reason: "is a picture of \(size.height) × \(size.width) pixels where \(shape[1]) × \(shape[2]) belong")
      }
      return Raster(interleaved: try pixels(data, size, TJPF_RGB, name), height: size.height, width: size.width)
    }
  }

  /// A picture of any size, grey where the file is.
  /// - Throws: `DatasetError.malformed`.
  func decode(_ data: [UInt8], name: String) throws(DatasetError) -> Raster {
    try renewing { () throws(DatasetError) in
      let (size, isGrey) = try header(of: data, name)
      let pixels = try pixels(data, size, isGrey ? TJPF_GRAY : TJPF_RGB, name)
      return isGrey
        ? Raster(shape: [1, size.height, size.width], bytes: pixels)
        : Raster(interleaved: pixels, height: size.height, width: size.width)
    }
  }

  /// What a damaged picture leaves in a decoder spoils the next picture.
  private func renewing(_ decode: () throws(DatasetError) -> Raster) throws(DatasetError) -> Raster {
    do { return try decode() } catch {
      tjDestroy(decoder)
      decoder = tjInitDecompress()
      throw error
    }
  }

  private func header(
    of data: [UInt8], _ name: String
  ) throws(DatasetError) -> (size: PictureSize, isGrey: Bool) {
    var found: (width: Int32, height: Int32, sampling: Int32, space: Int32) = (0, 0, 0, 0)
    let isPicture =
      tjDecompressHeader3(
        decoder, data, UInt(data.count), &found.width, &found.height, &found.sampling, &found.space) == 0
    guard isPicture else { throw .malformed(name, reason: "is no JPEG picture (\(fault(decoder)))") }
    // Each block of 64 pixels takes a bit at least.
    let size = try PictureSize(
      height: Int(found.height), width: Int(found.width), packed: 8 * 64 * data.count, name: name)
    return (size, found.space == Int32(TJCS_GRAY.rawValue))
  }

  /// Pixel after pixel.
  private func pixels(
    _ data: [UInt8], _ size: PictureSize, _ format: TJPF, _ name: String
  ) throws(DatasetError) -> [UInt8] {
    let channels = format == TJPF_GRAY ? 1 : 3
    var pixels = [UInt8](repeating: 0, count: channels * size.height * size.width)
    let status = tjDecompress2(
      decoder, data, UInt(data.count), &pixels, Int32(size.width), Int32(channels * size.width), Int32(size.height),
      Int32(format.rawValue), TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
    // A warning (a picture cut short, grey from there on) is a fault too.
    guard status == 0 else { throw .malformed(name, reason: "is a damaged JPEG picture (\(fault(decoder)))") }
    return pixels
  }

  /// A picture in colour as a JPEG file with colours at half of the resolution (4:2:0).
  /// - Parameter quality: from 1 to 100, on the scale of the Independent JPEG Group.
  func encode(_ raster: Raster, quality: Int) -> [UInt8] {
    var (data, size): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
    defer { tjFree(data) }
    let status = tjCompress2(
      encoder, raster.interleaved(), Int32(raster.width), Int32(3 * raster.width), Int32(raster.height),
      Int32(TJPF_RGB.rawValue), &data, &size, Int32(TJSAMP_420.rawValue), Int32(quality), TJFLAG_ACCURATEDCT)
    precondition(status == 0, "libjpeg-turbo does not encode: \(fault(encoder))")
    return Array(UnsafeBufferPointer(start: data, count: Int(size)))
  }

  private func fault(_ handle: tjhandle?) -> String { String(cString: tjGetErrorStr2(handle)) }
}
