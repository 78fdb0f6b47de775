import ArgumentParser
import Foundation
import Harness

/// Does one run: its job on standard input, its events on standard output. Started by `run` only.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  func run() throws {
    let input = try FileHandle.standardInput.readToEnd() ?? Data()
    let job: WorkerJob
    do { job = try JSONDecoder().decode(WorkerJob.self, from: input) } catch {
      throw HarnessError.badJob("\(input.count) bytes on standard input")
    }
    let encoder = JSONEncoder()
    try work(job) { event in
      FileHandle.standardOutput.write(try encoder.encode(event) + Data([UInt8(ascii: "\n")]))
    }
  }
}
