import Foundation

/// Writes a file without waiting for the disk, for tests that write one for each byte that they damage.
///
/// Foundation waits, and some file systems do where a file is written over: a hundred times the work.
package func writeQuickly(_ bytes: [UInt8], to path: String) throws {
  unlink(path)
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
  defer { close(descriptor) }
  let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  guard count == bytes.count else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
}
