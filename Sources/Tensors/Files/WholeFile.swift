package import Foundation

/// Files that are there as a whole or not at all, even where the machine stops in the middle.
package enum WholeFile {
  /// Has `body` write a file under a temporary name, brings it to the disk, gives it its own name and brings the folder
  /// to the disk; what was there under that name stays until then.
  /// - Throws: `POSIXError`, and what `body` throws; nothing is left behind then.
  package static func write(to path: String, _ body: (Sink) throws -> Void) throws {
    let temporary = path + ".\(getpid()).partial"
    let sink = try Sink(creating: temporary)
    do {
      defer { sink.close() }
      try body(sink)
      try sink.synchronize()
      guard rename(temporary, path) == 0 else { throw POSIXError.latest }
    } catch {
      unlink(temporary)
      throw error
    }
    try synchronizeFolder(of: path)
  }

  /// Brings the names in a file's folder to the disk.
  /// - Throws: `POSIXError`.
  private static func synchronizeFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw POSIXError.latest }
    defer { close(descriptor) }
    // Some file systems have nothing to bring to a disk, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw POSIXError.latest }
  }

  /// A file that is being written from its start to its end.
  package struct Sink {
    private let descriptor: Int32

    fileprivate init(creating path: String) throws(POSIXError) {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw POSIXError.latest }
    }

    /// - Throws: `POSIXError`, such as for a disk that is full.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(POSIXError) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard written >= 0 || errno == EINTR else { throw POSIXError.latest }
        rest = rest.dropFirst(max(0, written))
      }
    }

    fileprivate func synchronize() throws(POSIXError) {
      guard fsync(descriptor) == 0 else { throw POSIXError.latest }
    }

    fileprivate func close() { _ = Glibc.close(descriptor) }
  }
}

extension POSIXError {
  /// What the last system call of this thread failed with.
  fileprivate static var latest: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
