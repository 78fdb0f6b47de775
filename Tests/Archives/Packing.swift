import CZlib

/// The bytes as a gzip file: 15 is the largest window, + 16 a gzip header.
package func gzip(_ bytes: [UInt8]) -> [UInt8] { packed(bytes, windowBits: 15 + 16) }

/// The bytes as zlib packs them.
/// - Parameter windowBits: 15 for zlib's own header and checksum, -15 for neither.
package func packed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
  var stream = z_stream()
  // 8: zlib's usual memory.
  deflateInit2_(
    &stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var (input, capacity) = (bytes, Int(deflateBound(&stream, UInt(bytes.count))))
  return [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(capacity)
      deflate(&stream, Z_FINISH)
    }
    capacity -= Int(stream.avail_out)
    filled = capacity
  }
}
