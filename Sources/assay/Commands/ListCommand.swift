import ArgumentParser
import Harness

extension Kind: ExpressibleByArgument {}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what there is.",
    discussion: """
      Experiments come with the iterations of each tier (a second stage's after a plus) and an estimate of the time that \
      training takes on one core of this machine; with --json, with their configurations and the source of every value.

      EXAMPLE:
        assay list experiments 'dpvae/mnist/*'
      """)

  @Argument(
    help: "What to show; without it, the names of all.")
  var kind: Kind?

  @Argument(help: "Of experiments: their ids, with shell wildcards; all without any.")
  var selectors: [String] = []

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !selectors.isEmpty, kind != .experiments { throw ValidationError("only experiments are selected by their ids") }
  }

  func run() throws {
    let papers = try common.workspace().papers
    switch kind {
    case .experiments: try listExperiments(of: papers)
    case let kind?:
      let table = TextTable(papers.listing(of: kind))
      if common.json { try Terminal.result(json: [kind.rawValue: table.objects]) } else { Terminal.result(table.text) }
    case nil: try listNames(of: papers)
    }
  }

  private func listExperiments(of papers: PaperCatalog) throws {
    let experiments = try papers.experiments(matching: selectors)
    guard common.json else {
      let tables = try papers.lengths(of: experiments).map { TextTable($0).text }
      return Terminal.result(tables.joined(separator: "\n\n"))
    }
    var estimate = TrainingEstimate()
    try Terminal.result(
      json: ["experiments": try papers.resolved(experiments) { try estimate.seconds(of: $0) }])
  }

  /// The first column of every kind.
  private func listNames(of papers: PaperCatalog) throws {
    let names = Kind.allCases.map { kind in (kind.rawValue, papers.listing(of: kind).rows.map { $0[0] }) }
    guard !common.json else { return try Terminal.result(json: Dictionary(names) { first, _ in first }) }
    for (kind, names) in names {
      Terminal.result("\(kind):")
      for name in names { Terminal.result("  \(name)") }
    }
  }
}
