import Glibc
import Synchronization

/// How often the user has asked the program to stop, by SIGINT or SIGTERM.
package enum Interruption {
  private static let requests = Atomic<Int>(0)

  /// From now on these signals are counted instead of ending the program.
  package static func listen() {
    // The first access is here, not in the handler, which must not initialise anything.
    requests.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in Interruption.requests.add(1, ordering: .relaxed) }
    }
    unblock()
  }

  /// A parent may have started this process with the signals blocked, as a thread of a dispatch queue does.
  private static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  package static var count: Int { requests.load(ordering: .relaxed) }
}
