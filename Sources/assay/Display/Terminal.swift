import Foundation
import Glibc

/// Where words go: results on stdout, notes and complaints on stderr.
enum Terminal {
  static func complain(_ sentence: String) { note("assay: \(sentence)") }

  static func note(_ text: String) { write(text + "\n") }

  /// Writes on stderr as it is.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static func result(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// One JSON object on stdout, keys sorted.
  static func result(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Whether a line on stderr may be drawn over.
  static var redraws: Bool { isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" && !isSet("CI") }

  /// Whether stderr takes colour.
  static var colours: Bool { redraws && !isSet("NO_COLOR") }

  /// The columns of the terminal on stderr; 80 where it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
  private static func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
}
