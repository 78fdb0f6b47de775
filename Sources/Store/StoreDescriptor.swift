import Foundation
import Synchronization

/// A store's file, open for looks at its first bytes as long as a store is.
///
/// A process that closes any descriptor of a file loses all locks that SQLite has on that file there, and other processes
/// then drop a log that is still in use (https://www.sqlite.org/howtocorrupt.html, section 2.2). So there is one descriptor
/// for all stores of this process in a file, closed with the last of them.
final class StoreDescriptor: Sendable {
  private let identity: FileIdentity
  private let descriptor: Int32

  private static let open = Mutex<[FileIdentity: (descriptor: Int32, stores: Int)]>([:])

  /// `nil` where there is no file.
  /// - Throws: `StoreError.unreadable`.
  init?(_ path: String) throws(StoreError) {
    guard let found = FileIdentity(path) else { return nil }
    let descriptor = Self.open.withLock { open in
      let descriptor = open[found]?.descriptor ?? Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 { open[found] = (descriptor, (open[found]?.stores ?? 0) + 1) }
      return descriptor
    }
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
    (identity, self.descriptor) = (found, descriptor)
  }

  deinit {
    Self.open.withLock { open in
      let others = (open[identity]?.stores ?? 1) - 1
      open[identity] = others > 0 ? (descriptor, others) : nil
      if others == 0 { close(descriptor) }
    }
  }

  /// Whether a path leads to this file.
  func lies(at path: String) -> Bool { FileIdentity(path) == identity }

  /// What the file's first bytes say now.
  func content(path: String) throws(StoreError) -> StoreFile {
    var header = [UInt8](repeating: 0, count: StoreFile.headerLength)
    let count = pread(descriptor, &header, header.count, 0)
    // A folder can be opened, but not read.
    guard count >= 0 || errno == EISDIR else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    return count < 0 ? .other : StoreFile(header: Array(header.prefix(count)))
  }
}

/// Which file a path leads to.
private struct FileIdentity: Hashable {
  private let device: dev_t
  private let number: ino_t

  /// `nil` where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }
}
