import ArgumentParser
import Harness

struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Download datasets and network weights, or take their files from a folder, verify and convert them.",
    discussion: """
      Every file is checked against its SHA-256, where one is published, before it takes its final name. Nothing is \
      overwritten. Of CIFAR-10 and CelebA a part will do: it is used, and said to be one. `inception` is the network of \
      the Fréchet Inception distance: TensorFlow's archive or graph of 2015-12-05, pytorch-fid's file, or safetensors.

      EXAMPLE:
        assay prepare mnist cifar-10 --from ~/Downloads
        assay prepare inception --from pt_inception-2015-12-05-6726825d.pth
      """)

  @Argument(help: "The datasets, or inception; all that have files, without any.")
  var datasets: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder with the official files, there or in a folder of the dataset's name; for inception also a file.",
      valueName: "path"))
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
