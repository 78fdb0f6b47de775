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
    Interruption.listenAsWorker()
    let encoder = JSONEncoder()
    try work(job) { event in
      let line = try encoder.encode(event) + Data([UInt8(ascii: "\n")])
      // Where nobody hears it any more, the run is soon asked to stop.
      do { try FileHandle.standardOutput.write(contentsOf: line) } catch {}
    }
  }
}
