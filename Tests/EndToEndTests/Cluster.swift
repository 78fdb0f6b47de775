import Foundation
import Glibc
import Testing

/// Slurm's daemons on this machine, gone when the test is.
final class Cluster {
  static let isInstalled = ["/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures/slurm-cluster"
  ).path

  let folder: String
  var configuration: String { folder + "/slurm.conf" }

  init(in home: String) throws {
    folder = home + "/cluster"
    // Ports of its own, so that two checkouts can be tested at once.
    try Cluster.run(["bash", Cluster.script, "up", folder, String(20_000 + 3 * (getpid() % 4_000))])
  }

  deinit {
    do { try Cluster.run(["bash", Cluster.script, "down", folder]) } catch { Issue.record(error) }
  }

  /// Calls one of Slurm's programs.
  @discardableResult
  func call(_ command: String...) throws -> String { try Cluster.run(command, configuration: configuration) }

  /// Asks for a task's state until something holds, for some minutes at most; each question takes Slurm some milliseconds.
  func await(_ what: String, on task: String, until holds: (_ state: String) -> Bool) throws {
    var state = ""
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      state = try call("squeue", "--noheader", "--array", "--states=all", "--jobs=\(task)", "--format=%T")
      if holds(state) { return }
    }
    Issue.record("task \(task) was never \(what), but is \(state)")
  }

  @discardableResult
  private static func run(_ command: [String], configuration: String? = nil) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["SLURM_CONF"] = configuration
    process.standardOutput = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(command.joined(separator: " "))")
    return String(decoding: said, as: UTF8.self)
  }
}
