import Experiments
import Foundation

/// A right that one process at a time has, gone with it however it ends; asked for by the name of a file, which says who
/// has it since when.
final class FileLock {
  private let path: String
  private let descriptor: Int32
  private(set) var isTaken = false

  /// Takes the right if nobody has it; `nil` where there can be no such file.
  init?(_ path: String) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
    take()
  }

  /// Takes the right if nobody has it.
  func take() {
    guard !isTaken, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    isTaken = true
    let text = Array("\(getpid()) on \(ProcessInfo.processInfo.hostName)\n\(Date().timeIntervalSince1970)\n".utf8)
    // On a full disk it stays unsaid who has it; the right is had all the same.
    if ftruncate(descriptor, 0) == 0 { pwrite(descriptor, text, text.count, 0) }
  }

  /// Who has the right, as it is told: `process 12 on vm for 3 min 05 s`.
  var holder: String {
    let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
    guard lines.count == 2, let since = Double(lines[1]) else { return "another process" }
    let seconds = max(0, Date().timeIntervalSince1970 - since)
    return "process \(lines[0]) for \(Numerals.duration(seconds: seconds))"
  }

  deinit {
    // Explicitly: a process that is just being started may still hold a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
