import Foundation
import Glibc
import Testing

/// The built program with a home of its own, gone when the test is.
final class Program {
  /// Its `ASSAY_HOME`, with the store and an empty data directory.
  let home: String
  /// Further variables of its environment.
  var variables: [String: String] = [:]

  init() throws {
    home = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
  }

  deinit {
    // What cannot be removed stays in the system's temporary folder.
    do { try FileManager.default.removeItem(atPath: home) } catch {}
  }

  /// What a call left.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    /// The object that `--json` printed.
    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    /// Whether it ended with this code and one line on stderr, a sentence of the program's that holds these words.
    func isRefusal(_ code: Int32, _ words: String) -> Bool {
      let lines = errors.split(separator: "\n")
      return self.code == code && lines.count == 1 && lines[0].hasPrefix("assay: ") && lines[0].hasSuffix(".")
        && lines[0].contains(words) && output.isEmpty
    }
  }

  /// Calls the program and waits for its end.
  func call(_ arguments: String...) throws -> Outcome { try call(arguments) }

  /// Calls the program and waits for its end.
  func call(_ arguments: [String]) throws -> Outcome { try run(Self.path, arguments) }

  /// Calls another program in the same surroundings and waits for its end.
  func run(_ executable: String, _ arguments: [String]) throws -> Outcome {
    let (output, errors) = (try file("output"), try file("errors"))
    let process = start(arguments, output: output, errors: errors)
    process.executableURL = URL(filePath: executable)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try text(of: output), errors: try text(of: errors))
  }

  /// Calls the program and does something at each line it says on stderr; `act` gets the process's id.
  func call(_ arguments: String..., act: (String, pid_t) -> Void) throws -> Outcome {
    let (output, errors) = (try file("output"), Pipe())
    let process = start(arguments, output: output, errors: errors.fileHandleForWriting)
    try process.run()
    try errors.fileHandleForWriting.close()
    var (said, rest) = ("", Substring())
    while let data = try errors.fileHandleForReading.read(upToCount: 1), !data.isEmpty {
      said += String(decoding: data, as: UTF8.self)
      rest += String(decoding: data, as: UTF8.self)
      guard rest.hasSuffix("\n") else { continue }
      act(String(rest.dropLast()), process.processIdentifier)
      rest = ""
    }
    process.waitUntilExit()
    return Outcome(code: process.terminationStatus, output: try text(of: output), errors: said)
  }

  /// Starts the program and leaves it at work, its words unheard.
  func begin(_ arguments: [String]) throws -> Process {
    let process = start(arguments, output: try file("output"), errors: try file("errors"))
    try process.run()
    return process
  }

  /// Has a worker do a job, with no variable of the numeric libraries set but those given.
  func work(on job: Data, environment: [String: String]) throws {
    let (output, errors, input) = (try file("output"), try file("errors"), try file("input"))
    try input.write(contentsOf: job)
    try input.seek(toOffset: 0)
    let process = start(["worker"], output: output, errors: errors)
    process.standardInput = input
    let kept = process.environment?.filter { key, _ in
      !["OMP_", "GOMP_", "OPENBLAS_", "ONEDNN_", "DNNL_"].contains { key.hasPrefix($0) }
    }
    process.environment = (kept ?? [:]).merging(environment) { $1 }
    try process.run()
    process.waitUntilExit()
    let said = try text(of: errors)
    #expect(process.terminationStatus == 0, "\(said)")
  }

  func write(_ data: Data, to name: String) throws {
    let place = URL(filePath: home).appending(path: name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: place)
  }

  private func start(_ arguments: [String], output: FileHandle, errors: FileHandle) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: home)
    var environment = ProcessInfo.processInfo.environment
    environment["ASSAY_HOME"] = home
    environment["ASSAY_DATA"] = home + "/data"
    environment["ASSAY_BASELINES"] = Self.baselines
    process.environment = environment.merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    return process
  }

  private func file(_ name: String) throws -> FileHandle {
    let place = "\(home)/\(name)-\(UUID().uuidString)"
    try Data().write(to: URL(filePath: place))
    return try #require(FileHandle(forUpdatingAtPath: place))
  }

  private func text(of file: FileHandle) throws -> String {
    try file.seek(toOffset: 0)
    return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// The repository's folder.
  static let repository = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path
  static let baselines = repository + "/Baselines"

  /// The program lies beside the tests, which on Linux are a program themselves.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "assay").path
}
