import ArgumentParser
import Harness

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at machine, libraries, program, papers, store, data, weights and speed.",
    discussion: """
      At the end an iteration of a training is timed again and again, for some ten \
      seconds; --quick leaves that out. With --profile it runs a training's step instead and shows where its time goes: GFLOP/s of convolutions and \
      matrix products with their share of what the core does at most, GB/s of everything else.

      EXAMPLE:
        assay doctor
        assay doctor --profile dpvae/mnist/dpvae
      """)

  @Option(help: ArgumentHelp("Show where the time of a step of this training goes.", valueName: "experiment"))
  var profile: String?

  @Flag(help: "Leave out what takes seconds.")
  var quick = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    if let profile { return try show(profile) }
    let findings = Doctor(baselines: common.baselines, store: common.store, data: common.data).findings(isQuick: quick)
    if common.json {
      try Terminal.result(json: ["findings": findings])
    } else {
      let rows = findings.map { [$0.state.rawValue, $0.subject, $0.account] }
      Terminal.result(TextTable(columns: ["state", "what", "account"], rows: rows).text)
    }
    if findings.contains(where: { $0.state == .broken }) { throw ExitCode(3) }
  }

  private func show(_ experiment: String) throws {
    guard let profile = try common.workspace().profile(experiment) else { return }
    if common.json { return try Terminal.result(json: profile) }
    let peak = Int((profile.peak * 1e-9).rounded())
    Terminal.result("\(profile.experiment), one iteration on one core of \(peak) GFLOP/s")
    for part in profile.parts { Terminal.result("\n" + TextTable(profile.listing(of: part)).text) }
  }
}
