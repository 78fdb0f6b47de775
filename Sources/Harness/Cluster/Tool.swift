/// Another program, called for its answer.
enum Tool {
  struct Answer {
    let code: Int32
    let output: String
    let errors: String

    /// What it said first of what went wrong.
    var complaint: String { errors.split(separator: "\n").first.map(String.init) ?? "it ended with code \(code)" }
  }

  /// Calls the first word of a command, looked up along PATH, and waits for its end.
  /// - Throws: `HarnessError.notStarted`.
  static func call(_ command: [String], environment: [String: String]) throws -> Answer {
    let process = try ChildProcess(command, environment: environment)
    let (output, errors) = (text(of: process.output), text(of: process.errors))
    return switch process.wait() {
    case .exited(let code): Answer(code: code, output: output, errors: errors)
    case .signalled(let signal): Answer(code: 128 + signal, output: output, errors: errors)
    }
  }

  private static func text(of end: Pipe.End) -> String {
    var bytes: [UInt8] = []
    while !end.isAtEnd { bytes += end.read() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
