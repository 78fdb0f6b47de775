import Foundation

/// A right that one process at a time has, gone with it however it ends; asked for by the name of a file.
final class FileLock {
  private let descriptor: Int32
  private(set) var isTaken = false

  /// Takes the right if nobody has it; `nil` where there can be no such file.
  init?(_ path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
    take()
  }

  /// Takes the right if nobody has it.
  func take() { isTaken = isTaken || flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  deinit {
    // Explicitly: a process that is just being started may still hold a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
