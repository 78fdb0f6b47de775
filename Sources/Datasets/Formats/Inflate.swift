import CZlib

/// What zlib has packed, unpacked from front to back; the checksum in it is verified on the way.
package final class Inflate: ByteStream {
  /// What stands around the packed bytes.
  package enum Wrapping {
    case gzip
    case zlib
    /// Nothing, and so no checksum.
    case none

    /// How zlib is told: 15 is the largest window, + 32 a gzip header, negative no header.
    fileprivate var windowBits: Int32 {
      switch self {
      case .gzip: 15 + 32
      case .zlib: 15
      case .none: -15
      }
    }
  }

  private let source: any ByteStream
  private let wrapping: Wrapping
  /// zlib keeps the address of its stream, so this lies still on the heap.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var hasEnded = false

  package var path: String { source.path }

  package init(_ source: any ByteStream, _ wrapping: Wrapping) {
    self.source = source
    self.wrapping = wrapping
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: 1 << 16)
    let status = inflateInit2_(stream, wrapping.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib does not start: status \(status)")
  }

  /// A gzip file.
  /// - Throws: `DatasetError.unreadable`.
  package convenience init(gzip path: String) throws(DatasetError) { self.init(try FileStream(path), .gzip) }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Checks that nothing follows what has been read, and that the checksum was there.
  /// - Throws: `DatasetError.malformed`.
  package func finish() throws {
    guard try isAtEnd() else { throw DatasetError.malformed(path, reason: "holds more than its header says") }
    guard hasEnded else { throw DatasetError.malformed(path, reason: "is truncated: its checksum is missing") }
    if stream.pointee.avail_in == 0 { try refill() }
    guard stream.pointee.avail_in == 0 else {
      throw DatasetError.malformed(path, reason: "goes on after the end of its \(wrapping) stream")
    }
  }

  package func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
    var filled = 0
    while filled < output.count, !hasEnded {
      if stream.pointee.avail_in == 0 { try refill() }
      guard stream.pointee.avail_in > 0 else { return filled }
      // zlib counts in 32 bits.
      let room = min(output.count - filled, 1 << 30)
      stream.pointee.next_out = output.baseAddress?.advanced(by: filled)
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      filled += room - Int(stream.pointee.avail_out)
      guard status == Z_OK || status == Z_STREAM_END else {
        throw DatasetError.malformed(path, reason: fault(status))
      }
      hasEnded = status == Z_STREAM_END
    }
    return filled
  }

  private func refill() throws {
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(try source.fill(input))
  }

  private func fault(_ status: Int32) -> String {
    let detail = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
    return wrapping == .gzip
      ? "is no gzip file, or a damaged one (\(detail))" : "holds damaged compressed data (\(detail))"
  }
}
