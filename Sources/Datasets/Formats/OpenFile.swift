import Foundation

/// A file open for reading at any place.
package final class OpenFile: Sendable {
  package let path: String
  /// Bytes.
  package let length: Int
  private let descriptor: Int32

  /// - Throws: `DatasetError.unreadable`.
  package init(_ path: String) throws(DatasetError) {
    // Without waiting: a pipe is no file, and is refused below.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path, reason: "not a regular file")
    }
    self.path = path
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Writes the bytes from `offset` on to `output` until it is full or the file ends, and returns how many.
  /// - Throws: `DatasetError.unreadable`.
  package func read(at offset: Int, into output: UnsafeMutableBufferPointer<UInt8>) throws(DatasetError) -> Int {
    var filled = 0
    while filled < output.count {
      let count = pread(
        descriptor, output.baseAddress?.advanced(by: filled), output.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
      guard count > 0 else { return filled }
      filled += count
    }
    return filled
  }

  /// The bytes of `range`.
  /// - Throws: `DatasetError.malformed` if they do not all lie in the file.
  package func bytes(_ range: Range<Int>) throws -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= length else {
      throw DatasetError.malformed(path, reason: "is truncated: it ends within what it says it holds")
    }
    return try FileStream(self, range).read(range.count)
  }
}

/// A file, or a part of it, from front to back.
package final class FileStream: ByteStream {
  private let file: OpenFile
  private var offset: Int
  private let end: Int

  package var path: String { file.path }

  /// - Throws: `DatasetError.unreadable`.
  package convenience init(_ path: String) throws(DatasetError) {
    let file = try OpenFile(path)
    self.init(file, 0..<file.length)
  }

  package init(_ file: OpenFile, _ range: Range<Int>) {
    self.file = file
    offset = range.lowerBound
    end = range.upperBound
  }

  package func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
    let room = min(output.count, end - offset)
    let filled = try file.read(at: offset, into: UnsafeMutableBufferPointer(rebasing: output[..<room]))
    offset += filled
    return filled
  }
}
