import Glibc

/// The right to run experiments into a store, held by one process at a time and gone with it.
package final class SweepLock {
  private let descriptor: Int32

  /// - Throws: `HarnessError.busy` if another process holds it, `HarnessError.unwritable` where there can be none.
  package init(store: String) throws {
    let path = store + ".running"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw HarnessError.unwritable(path, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw HarnessError.busy(store: store)
    }
  }

  deinit {
    // Explicitly: a process that is just being started may still hold a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
