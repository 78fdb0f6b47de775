import ArgumentParser
import Experiments
import Harness

extension Tier: ExpressibleByArgument {}

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store (default: $ASSAY_HOME/assay.sqlite).", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("The data directory (default: $ASSAY_DATA, else $ASSAY_HOME/data).", valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The papers' folder (default: $ASSAY_BASELINES, else the nearest Baselines folder upwards).", valueName: "dir"))
  var baselines: String?

  @Flag(help: "Print one JSON object on stdout.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say only what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more.")
  var verbose = false

  @Flag(help: "No bar and no progress lines.")
  var noProgress = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// - Throws: as `Workspace.init`.
  func workspace() throws -> Workspace { try Workspace(baselines: baselines, store: store, data: data) }

  /// A note on stderr, unless quiet.
  func note(_ text: String) { if !quiet { Terminal.note(text) } }
}
