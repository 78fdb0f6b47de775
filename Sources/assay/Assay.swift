import ArgumentParser
import Foundation
import Harness

/// The program: reads the command line, calls the harness, prints, exits.
@main
struct Assay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "A reproducibility benchmark for variational autoencoders.",
    discussion: """
      Trains the configurations of papers with fixed seeds, measures them, keeps everything in SQLite, compares with the \
      published tables, decides claims and writes reports.

      EXAMPLE:
        assay run 'dpvae/two-moons/*' --seeds 0..4
        assay verify dpvae
        assay report dpvae -o Reports

      EXIT CODES:
        0    done
        1    a claim or a regression check failed
        2    incomplete
        3    data, store or environment
        64   usage
        130  interrupted
      """,
    subcommands: [
      BaselineCommand.self, CompareCommand.self, DoctorCommand.self, ExportCommand.self, ListCommand.self,
      MergeCommand.self, PrepareCommand.self, ReportCommand.self, RunCommand.self, ScoreCommand.self,
      SelftestCommand.self, StatusCommand.self, SubmitCommand.self, TableCommand.self, VerifyCommand.self,
      WorkerCommand.self,
    ])

  @Flag(name: .customLong("version"), help: "Show the version and stop.")
  var isVersionAsked = false

  func run() throws {
    guard isVersionAsked else { throw CleanExit.helpRequest() }
    Terminal.result("assay \(CodeVersion.ofThisProgram)")
  }

  static func main() {
    let command: any ParsableCommand
    do { command = try parseAsRoot() } catch { refuse(error) }
    Interruption.endProgram()
    do {
      var command = command
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch let error where error is ValidationError || exitCode(for: error) == .success {
      refuse(error)
    } catch {
      Terminal.complain(sentence(of: error))
      Foundation.exit(Failure.exitCode(of: error))
    }
  }

  /// Ends with help on stdout, or with one sentence on what is wrong with the command line.
  private static func refuse(_ error: any Error) -> Never {
    guard exitCode(for: error) != .success else {
      Terminal.result(brief(fullMessage(for: error)))
      Foundation.exit(0)
    }
    let message = message(for: error).split(separator: "\n").joined(separator: " ")
    Terminal.complain((message.hasSuffix(".") ? message : message + ".") + " See 'assay --help'.")
    Foundation.exit(64)
  }

  /// Help whose usage names the options together where they make it longer than a line, as the parser does for some only.
  private static func brief(_ help: String) -> String {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard line.hasPrefix("USAGE: "), line.count > 80 else { return String(line) }
      let words = line.replacing(#/ \[--[^\]]*\]/#, with: "")
      let end = words.firstIndex { "<[".contains($0) } ?? words.endIndex
      let rest = words[end...]
      let command = words[..<end].trimmingCharacters(in: .whitespaces)
      return command + " [<options>]" + (rest.isEmpty ? "" : " " + rest)
    }
    return lines.joined(separator: "\n")
  }
}
