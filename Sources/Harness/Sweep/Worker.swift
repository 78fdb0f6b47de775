import Experiments
import Foundation
import Glibc

/// One worker process as the sweep sees it.
final class Worker {
  let job: WorkerJob
  let process: ChildProcess
  private(set) var ended: (status: RunStatus, reason: String?)?
  private var line: [UInt8] = []
  private var complaint: [UInt8] = []

  /// - Throws: `HarnessError.notStarted`.
  init(_ job: WorkerJob, command: [String], environment: [String: String]) throws {
    self.job = job
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    process = try ChildProcess(
      command, environment: environment, input: String(decoding: try encoder.encode(job), as: UTF8.self))
  }

  /// Whether it has closed its output and errors, which only its end does.
  var isOver: Bool { process.output.isAtEnd && process.errors.isAtEnd }

  /// Reads what is there on the output.
  func events() -> [WorkerEvent] {
    line += process.output.read()
    var lines = line.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    line = Array(lines.removeLast())
    let events = lines.compactMap(decode)
    for case .ended(let status, let reason) in events { ended = (status, reason) }
    return events
  }

  /// Keeps the end of what it says on its errors.
  func listen() { complaint = (complaint + process.errors.read()).suffix(4_096) }

  /// Why it ended without saying so, as a sentence.
  func reason(of ending: ChildProcess.Ending) -> String {
    let how =
      switch ending {
      case .exited(let code): "exited with code \(code)"
      case .signalled(let signal): "was killed by signal \(signal) (\(String(cString: strsignal(signal))))"
      }
    let said = String(decoding: complaint, as: UTF8.self).split(separator: "\n").first { !$0.isEmpty }
    let isShort = ending == .signalled(SIGKILL) || said?.contains("failed to allocate") == true
    let advice = isShort ? ", as it is where memory runs out; lower --jobs or free some memory" : ""
    let words = "The worker process \(how)\(advice)" + (said.map { ": \($0.prefix(300))" } ?? "")
    return words.hasSuffix(".") ? words : words + "."
  }

  /// A line that is no event is a stray print of a library: ignored.
  private func decode(_ line: ArraySlice<UInt8>) -> WorkerEvent? {
    do { return try JSONDecoder().decode(WorkerEvent.self, from: Data(line)) } catch { return nil }
  }
}
