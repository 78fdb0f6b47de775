import ArgumentParser
import Harness

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at machine, libraries, papers, store and data: what works and what does not.",
    discussion: """
      EXAMPLE:
        assay doctor
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let findings = Doctor(baselines: common.baselines, store: common.store, data: common.data).findings()
    if common.json {
      try Terminal.result(json: ["findings": findings])
    } else {
      let rows = findings.map { [$0.state.rawValue, $0.subject, $0.account] }
      Terminal.result(TextTable(columns: ["state", "what", "account"], rows: rows).text)
    }
    if findings.contains(where: { $0.state == .broken }) { throw ExitCode(3) }
  }
}
