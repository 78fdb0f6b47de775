import CZlib
import Foundation

/// Reads a gzip file from front to back; the checksum in it is verified on the way.
final class Gunzip {
  private let path: String
  private let handle: FileHandle
  /// zlib keeps the address of its stream, so this lies still on the heap.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var hasEnded = false

  /// - Throws: `DatasetError.unreadable`.
  init(_ path: String) throws(DatasetError) {
    do { handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
    self.path = path
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: 1 << 16)
    // 15: the largest window; + 32: a gzip or a zlib header, whichever is there.
    let status = inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib does not start: status \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
    handle.closeFile()
  }

  /// The next `count` bytes.
  /// - Throws: `DatasetError.malformed` if the file is no gzip file, is damaged, or ends before.
  func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try fill(buffer)
      guard filled == count else {
        throw DatasetError.malformed(path, reason: "is truncated: \(count - filled) bytes of its contents are missing")
      }
    }
  }

  /// Checks that nothing follows what has been read.
  /// - Throws: `DatasetError.malformed`.
  func finish() throws {
    var byte: [UInt8] = [0]
    let more = try byte.withUnsafeMutableBufferPointer { try fill($0) }
    guard more == 0 else { throw DatasetError.malformed(path, reason: "holds more than its header says") }
    guard hasEnded else { throw DatasetError.malformed(path, reason: "is truncated: its checksum is missing") }
    if stream.pointee.avail_in == 0 { try refill() }
    guard stream.pointee.avail_in == 0 else {
      throw DatasetError.malformed(path, reason: "goes on after the end of its gzip stream")
    }
  }

  /// Inflates until `output` is full or the file ends, and returns the number of bytes written.
  private func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
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
        throw DatasetError.malformed(path, reason: "is no gzip file, or a damaged one (\(fault(status)))")
      }
      hasEnded = status == Z_STREAM_END
    }
    return filled
  }

  private func refill() throws {
    let piece: Data?
    do { piece = try handle.read(upToCount: input.count) } catch {
      throw DatasetError.unreadable(path, reason: error.localizedDescription)
    }
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(piece?.copyBytes(to: input) ?? 0)
  }

  private func fault(_ status: Int32) -> String {
    stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
  }
}
