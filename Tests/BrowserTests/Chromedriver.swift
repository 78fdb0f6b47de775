import Foundation

/// A chromedriver of ours on a port that it found free; it ends with this value, and its browsers with it.
final class Chromedriver: Sendable {
  private let process: Process
  let port: Int

  /// Where Debian's package `chromium-driver` puts it.
  static let path = "/usr/bin/chromedriver"

  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// - Throws: `BrowserError.start` where it ends, or closes its output, without naming a port.
  init() throws {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: Self.path)
    process.arguments = ["--port=0"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    var said = ""
    while true {
      let data = output.fileHandleForReading.availableData
      said += String(decoding: data, as: UTF8.self)
      if let match = said.firstMatch(of: /started successfully on port (\d+)/), let number = Int(match.1) {
        port = number
        return
      }
      guard !data.isEmpty else {
        Self.end(process)
        throw BrowserError.start(said)
      }
    }
  }

  deinit { Self.end(process) }

  /// By a signal that no child can have blocked, as those of a thread of Dispatch have the others.
  private static func end(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

/// What goes wrong between us and the browser.
enum BrowserError: Error, CustomStringConvertible {
  case start(String)
  case refused(command: String, answer: String)

  var description: String {
    switch self {
    case .start(let said): "chromedriver did not start; it said '\(said)'."
    case .refused(let command, let answer): "The browser refused '\(command)': \(answer)"
    }
  }
}
