import ArgumentParser
import Comparison
import Experiments
import Harness
import Reporting

extension TableFormat: ExpressibleByArgument {}

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Print one table: a paper's, with what was obtained beside what was published.",
    discussion: """
      The ids are <paper>/table-N, <paper>/scores and <paper>/verdicts.

      EXAMPLE:
        assay table dpvae/table-1 --tier nightly --format latex
      """)

  @Argument(help: "The table's id, e.g. dpvae/table-1.")
  var id: String

  @Option(help: "The form.")
  var format = TableFormat.markdown

  @Option(help: "The tier (default: the highest that was run).")
  var tier: Tier?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let findings = try common.workspace().findings([], tier: tier).sorted { $0.tier > $1.tier }
    let text: String
    do { text = try table(id, of: findings, as: format) } catch let error as ReportingError {
      throw ValidationError(error.description)
    }
    if common.json {
      try Terminal.result(json: ["table": id, "format": format.rawValue, "text": text])
    } else {
      Terminal.result(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
  }
}
