import Experiments
import Foundation
import Glibc

/// Where words go: results on stdout, notes and complaints on stderr.
enum Terminal {
  static func complain(_ sentence: String) { note("assay: \(sentence)") }

  static func note(_ text: String) { write(harmless(text) + "\n") }

  /// Writes on stderr as it is; where that takes nothing, as a log on a full disk, the work goes on unheard.
  static func write(_ text: String) {
    do { try FileHandle.standardError.write(contentsOf: Data(text.utf8)) } catch {}
  }

  /// Writes a line on stdout; where that does not take all of it, the program ends.
  static func result(_ text: String) {
    do { try FileHandle.standardOutput.write(contentsOf: Data((harmless(text) + "\n").utf8)) } catch {
      complain("The output cannot be written (\(error.localizedDescription)); make space where it goes, and run again.")
      exit(3)
    }
  }

  /// The lines without what a terminal would take for a command: names and reasons may come from anybody's files.
  private static func harmless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).withoutCommands }
      .joined(separator: "\n")
  }

  /// One JSON object on stdout, keys sorted.
  static func result(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // A mean of numbers at the end of their range may lie beyond it, and JSON has no word for that.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Whether a line on stderr may be drawn over.
  static var redraws: Bool { isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" && !isSet("CI") }

  /// Whether stderr takes colour.
  static var colours: Bool { redraws && !isSet("NO_COLOR") }

  /// The columns of the terminal on stderr; 80 where it does not say.
  static var width: Int { width(of: STDERR_FILENO) }

  private static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The line without blanks at its end; where results go to a terminal, broken between words so that nothing runs over
  /// its edge, each further line beginning at the column `indent`. A file gets the line whole.
  static func folded(_ line: String, indent: Int) -> String {
    let width = isatty(STDOUT_FILENO) == 1 ? width(of: STDOUT_FILENO) : Int.max
    var rest = Substring(line)
    while rest.last == " " { rest.removeLast() }
    guard width - indent >= 20 else { return String(rest) }
    var lines: [String] = []
    while rest.count > width - (lines.isEmpty ? 0 : indent) {
      let room = width - (lines.isEmpty ? 0 : indent)
      let head = rest.prefix(room + 1)
      let body = head.dropFirst(lines.isEmpty ? indent : 0)
      // Between words; of a metric's long id, between arguments.
      let cut =
        body.lastIndex(of: " ") ?? body.dropLast(2).lastIndex(of: "&").map(rest.index(after:))
        ?? rest.index(rest.startIndex, offsetBy: room)
      lines.append(String(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
    }
    lines.append(String(rest))
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// Seconds since 1970 as a day and a minute in UTC: `2026-11-21 07:05`.
  static func day(_ seconds: Double) -> String { String(second(seconds).dropLast(3)) }

  /// Seconds since 1970 as a day and a second in UTC: `2026-11-21 07:05:09`.
  static func second(_ seconds: Double) -> String {
    // A clock that is far beyond all sense is shown at the edge of what a calendar can tell.
    let text = Date(timeIntervalSince1970: min(max(seconds, -1e10), 1e11)).formatted(.iso8601.dateTimeSeparator(.space))
    return text.hasSuffix("Z") ? String(text.dropLast()) : text
  }

  /// How long before `now`, in one unit: `12 s ago`, `3 min ago`, `5 h ago`, `2 days ago`.
  static func ago(_ seconds: Double, now: Double) -> String {
    let passed = min(now - seconds, 1e15)
    if passed < 0 { return "to come" }
    if passed < 60 { return "\(Int(passed)) s ago" }
    if passed < 3600 { return "\(Int(passed / 60)) min ago" }
    return passed < 172_800 ? "\(Int(passed / 3600)) h ago" : "\(Int(passed / 86_400)) days ago"
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
  private static func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
}
