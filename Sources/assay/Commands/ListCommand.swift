import ArgumentParser
import Harness

extension Kind: ExpressibleByArgument {}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what there is.",
    discussion: """
      EXAMPLE:
        assay list experiments
      """)

  @Argument(help: "papers, experiments, methods, datasets, networks, metrics or claims; without it, the names of all.")
  var kind: Kind?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let papers = try common.workspace().papers
    let kinds = kind.map { [$0] } ?? Kind.allCases
    if common.json {
      let objects = kinds.map { ($0.rawValue, TextTable(papers.listing(of: $0)).objects) }
      try Terminal.result(json: Dictionary(objects) { first, _ in first })
    } else if let kind {
      Terminal.result(TextTable(papers.listing(of: kind)).text)
    } else {
      for kind in kinds {
        Terminal.result("\(kind.rawValue):")
        for row in papers.listing(of: kind).rows { Terminal.result("  \(row[0])") }
      }
    }
  }
}
