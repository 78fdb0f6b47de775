import Glibc

/// A process of another program, with its output to be read and in a process group of its own, so that a Ctrl-C on the
/// terminal reaches its parent alone.
final class ChildProcess {
  let id: pid_t
  /// Read ends; closed with the process.
  let output: Pipe.End
  let errors: Pipe.End

  /// How a process ended.
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts the first word of `command`, looked up along PATH, with `input` on its standard input.
  ///
  /// The input must fit into a pipe's buffer (64 KiB): it is there before the process is.
  /// - Throws: `HarnessError.notStarted`.
  init(_ command: [String], environment: [String: String], input: String = "") throws {
    let (standardInput, output, errors) = (try Pipe(), try Pipe(), try Pipe())
    guard standardInput.fill(with: input) else { throw HarnessError.notStarted("its input is over 64 KiB") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, standardInput.reading.descriptor, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.writing.descriptor, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing.descriptor, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    let words = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var id: pid_t = 0
    let fault = withCStrings(command) { arguments in
      withCStrings(words) { posix_spawnp(&id, command[0], &actions, &attributes, arguments, $0) }
    }
    guard fault == 0 else { throw HarnessError.notStarted("\(command[0]): \(String(cString: strerror(fault)))") }
    (self.id, self.output, self.errors) = (id, output.reading, errors.reading)
  }

  func send(_ signal: Int32) { kill(id, signal) }

  /// Waits for the end; to be called once.
  func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}

/// Two connected descriptors that no other process inherits.
struct Pipe {
  let reading: End
  let writing: End

  /// One end, closed when nobody holds it any more.
  final class End {
    let descriptor: Int32
    private(set) var isAtEnd = false

    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// What is there to be read, waiting for it if need be; empty at the end.
    func read() -> [UInt8] {
      let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      isAtEnd = bytes.isEmpty
      return bytes
    }
  }

  /// - Throws: `HarnessError.notStarted` if there are no descriptors left.
  init() throws {
    var ends: [Int32] = [-1, -1]
    // A pipe cannot be kept from processes that other threads are starting just now, a socket can.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw HarnessError.notStarted("no pipe: \(String(cString: strerror(errno)))")
    }
    (reading, writing) = (End(ends[0]), End(ends[1]))
  }

  /// Writes all of the text; false if it does not fit into the pipe.
  func fill(with text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count <= 65_536 && Glibc.write(writing.descriptor, bytes, bytes.count) == bytes.count
  }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let pointers = strings.map { strdup($0) }
  defer { pointers.forEach { free($0) } }
  return body(pointers + [nil])
}
