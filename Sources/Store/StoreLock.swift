import Foundation

/// A lock file beside the store, held only while it is opened and migrated.
///
/// Without it, processes that create the same store at once race: SQLite's busy timeout does not cover the switch to
/// write-ahead mode, and two migrators create the same table.
enum StoreLock {
  static func holding<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    let descriptor = Glibc.open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw StoreError.notWritable(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw StoreError.notWritable(path: path, reason: String(cString: strerror(errno)))
      }
    }
    return try body()
  }
}
