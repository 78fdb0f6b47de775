import Foundation
import Glibc
import Synchronization

/// How often the user has asked the program to stop, by SIGINT or SIGTERM.
package enum Interruption {
  private static let requests = Atomic<Int>(0)
  private static let parent = Atomic<pid_t>(0)
  private static let isWaitedFor = Atomic<Bool>(false)

  /// From now on these signals are counted instead of ending the program.
  package static func listen() {
    // The first access is here, not in the handler, which must not initialise anything.
    requests.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in Interruption.requests.add(1, ordering: .relaxed) }
    }
    unblock()
  }

  /// The same for a worker, which is asked to stop by the end of its parent, too.
  package static func listenAsWorker() {
    listen()
    parent.store(getppid(), ordering: .relaxed)
    // Words that nobody hears any more must not end it before it has left what it takes to go on.
    signal(SIGPIPE, SIG_IGN)
    Thread.detachNewThread(endInTime)
  }

  /// Ends this process some two seconds after it is asked to stop, unless it is at what is waited for.
  private static func endInTime() {
    while !isAsked { poll(nil, 0, 100) }
    poll(nil, 0, 2_000)
    while isWaitedFor.load(ordering: .relaxed) { poll(nil, 0, 100) }
    _exit(130)
  }

  /// Does what looks itself whether it is to stop and then leaves what it takes to go on. Whatever else a worker does may end
  /// anywhere, for what it has left so far is on disk, and may take minutes without looking, as a metric does.
  static func waitingFor<Value>(_ body: () throws -> Value) rethrows -> Value {
    isWaitedFor.store(true, ordering: .relaxed)
    defer { isWaitedFor.store(false, ordering: .relaxed) }
    return try body()
  }

  /// Before there is anything to keep, these signals end the program with the code of an interruption.
  package static func endProgram() {
    for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(130) } }
    unblock()
  }

  /// Whether this process should leave what it takes to go on, and end.
  package static var isAsked: Bool {
    let parent = parent.load(ordering: .relaxed)
    return count > 0 || (parent != 0 && parent != getppid())
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
