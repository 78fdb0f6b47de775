import ArgumentParser
import Harness
import Store

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write runs to a store of their own, to be passed on or merged elsewhere.",
    discussion: """
      The new store has the runs with their scores, curves, pictures and what happened to them, the published tables and \
      all baselines; runs at work and the weights' files are left out.

      EXAMPLE:
        assay export mnist.sqlite 'dpvae/mnist/*'
      """)

  @Argument(help: "The file to be written; there must be none.")
  var file: String

  @Argument(help: "Experiment ids, with shell wildcards; all without any.")
  var selectors: [String] = []

  @OptionGroup var common: CommonOptions

  func run() throws {
    let merge = try common.workspace().export(selectors, to: file)
    if common.json {
      try Terminal.result(json: merge)
    } else {
      common.note("\(merge.added.count) runs are now in \(file)")
    }
    for run in merge.atWork { common.note("\(run) is at work and was left out") }
  }
}
