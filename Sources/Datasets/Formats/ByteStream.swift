/// Bytes that are read from front to back.
package protocol ByteStream: AnyObject {
  /// The file they come from, for messages.
  var path: String { get }
  /// Writes bytes to `output` until it is full or the stream ends, and returns how many.
  /// - Throws: `DatasetError`.
  func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int
  /// Checks that nothing follows what has been read.
  /// - Throws: `DatasetError.malformed`.
  func finish() throws
}

extension ByteStream {
  /// The next `count` bytes; whoever calls has made sure that so many are a reasonable number.
  /// - Throws: `DatasetError.malformed` if the stream ends before.
  package func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      guard filled == count else {
        throw DatasetError.malformed(path, reason: "is truncated: \(count - filled) bytes of its contents are missing")
      }
    }
  }

  /// Everything up to the stream's end.
  /// - Throws: `DatasetError.malformed` if that is more than `limit` bytes.
  package func readToEnd(limit: Int) throws -> [UInt8] {
    var (bytes, piece) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 20))
    while true {
      let count = try piece.withUnsafeMutableBufferPointer { try fill($0) }
      bytes += piece[..<count]
      guard bytes.count <= limit else {
        throw DatasetError.malformed(path, reason: "holds more than \(limit) bytes where at most those belong")
      }
      if count < piece.count { return bytes }
    }
  }

  /// Passes over the next `count` bytes.
  /// - Throws: `DatasetError.malformed` if the stream ends before.
  package func skip(_ count: Int) throws {
    var left = count
    while left > 0 { left -= try read(min(left, 1 << 20)).count }
  }

  /// Whether nothing follows what has been read; a byte that does follow is gone.
  package func isAtEnd() throws -> Bool {
    var byte: [UInt8] = [0]
    return try byte.withUnsafeMutableBufferPointer { try fill($0) } == 0
  }

  package func finish() throws {
    guard try isAtEnd() else { throw DatasetError.malformed(path, reason: "holds more than its header says") }
  }
}

/// The next so many bytes of another stream.
package final class Window: ByteStream {
  private let stream: any ByteStream
  private var left: Int

  package var path: String { stream.path }

  package init(_ stream: any ByteStream, count: Int) {
    self.stream = stream
    left = count
  }

  package func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
    let filled = try stream.fill(UnsafeMutableBufferPointer(rebasing: output[..<min(output.count, left)]))
    left -= filled
    return filled
  }
}
