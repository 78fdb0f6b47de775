import ArgumentParser
import Harness

struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest", abstract: "Look whether every method obeys the laws that all methods must obey.",
    discussion: """
      Each method is traced and trained for 300 iterations on glyphs, which the program draws itself, under each kind of \
      prior. Exit code 1 if a law does not hold.

      EXAMPLE:
        assay selftest
        assay selftest beta-tcvae --verbose
      """)

  @Argument(help: "A method of 'assay list methods'; all without it.")
  var method: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let selftest = try Selftest(of: method) { if !common.noProgress { common.note("selftest: \($0)") } }
    if common.json {
      try Terminal.result(json: ["findings": selftest.findings])
    } else {
      Terminal.result(TextTable(selftest.listing).text)
      let told = common.verbose ? selftest.findings : selftest.findings.filter { !$0.holds }
      for finding in told { Terminal.result(sentence(finding)) }
    }
    if !selftest.holds { throw ExitCode(1) }
  }

  private func sentence(_ finding: SelftestFinding) -> String {
    let mark = finding.holds ? "✓" : "✗"
    return "\(mark) \(finding.method), prior \(finding.prior): \(finding.statement): \(finding.account)"
  }
}
