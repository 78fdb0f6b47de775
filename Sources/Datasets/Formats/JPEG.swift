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
    do { return try decoded(data, shape, name) } catch {
      // What a damaged picture leaves in a decoder spoils the next picture.
      tjDestroy(decoder)
      decoder = tjInitDecompress()
      throw error
    }
  }

  private func decoded(_ data: [UInt8], _ shape: [Int], _ name: String) throws(DatasetError) -> Raster {
    let (height, width) = (shape[1], shape[2])
    var found: (width: Int32, height: Int32, sampling: Int32, space: Int32) = (0, 0, 0, 0)
    let isPicture =
      tjDecompressHeader3(
        decoder, data, UInt(data.count), &found.width, &found.height, &found.sampling, &found.space) == 0
    guard isPicture else { throw .malformed(name, reason: "is no JPEG picture (\(fault(decoder)))") }
    guard (Int(found.height), Int(found.width)) == (height, width) else {
      throw .malformed(
        name, reason: "is a picture of \(found.height) × \(found.width) pixels where \(height) × \(width) belong")
    }
    var pixels = [UInt8](repeating: 0, count: 3 * height * width)
    let status = tjDecompress2(
      decoder, data, UInt(data.count), &pixels, found.width, 3 * found.width, found.height, Int32(TJPF_RGB.rawValue),
      TJFLAG_ACCURATEDCT)
    // A warning (a picture cut short, grey from there on) is a fault too.
    guard status == 0 else { throw .malformed(name, reason: "is a damaged JPEG picture (\(fault(decoder)))") }
    return Raster(interleaved: pixels, height: height, width: width)
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
