import ArgumentParser
import Experiments
import Foundation
import Harness
import Reporting

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the papers' report pages in Markdown and HTML, with their pictures.",
    discussion: """
      The same store gives the same bytes.

      EXAMPLE:
        assay report dpvae -o Reports
      """)

  @Argument(help: "The papers; all without any.")
  var papers: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var output = "Reports"

  @Option(help: "Only this tier (default: every tier that was run).")
  var tier: Tier?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let files = try common.workspace().reportFiles(papers, tier: tier)
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    for file in files { try OutputFile.write(file.content, to: folder.appending(path: file.path)) }
    let pages = files.map(\.path).filter { $0.hasSuffix(".html") || $0.hasSuffix(".md") }.sorted()
    let paths = pages.map { folder.appending(path: $0).path }
    if common.json {
      try Terminal.result(json: ["files": files.map { folder.appending(path: $0.path).path }])
    } else {
      Terminal.result(paths.joined(separator: "\n"))
    }
  }
}
