import ArgumentParser
import Harness

struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Download datasets, or take their official files from a folder, verify and convert them.",
    discussion: """
      Every file is checked against its SHA-256, where one is published, before it takes its final name. Nothing is
      overwritten. Of CIFAR-10 and CelebA a part will do: it is used, and said to be one.

      EXAMPLE:
        assay prepare mnist cifar-10 --from ~/Downloads
      """)

  @Argument(help: "The datasets; all that have files, without any.")
  var datasets: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder with the official files, there or in a folder of the dataset's name.", valueName: "dir"))
  var from: String?

  @Flag(help: "Download nothing; say what is missing.")
  var offline = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let workspace = try common.workspace()
    let names = try workspace.prepare(datasets, from: from, offline: offline) { common.note($0) }
    if common.json {
      try Terminal.result(json: ["data": workspace.data, "datasets": names.joined(separator: " ")])
    } else {
      Terminal.result("\(names.joined(separator: ", ")): ready in \(workspace.data)")
    }
  }
}
