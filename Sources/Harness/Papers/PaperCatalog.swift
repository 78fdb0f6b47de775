package import Experiments
import Foundation

/// The papers of a Baselines folder.
package struct PaperCatalog: Sendable {
  /// In order of name.
  package let papers: [Paper]
  /// What the papers were read from, by name, for the sources of their values.
  let files: [String: (file: PaperFile, origin: String)]

  /// Reads every paper of the folder.
  /// - Throws: `SettingsFault` for what is wrong in a file, `HarnessError.noPapers` without any.
  package init(baselines folder: String) throws {
    let root = URL(filePath: folder, directoryHint: .isDirectory)
    let names = try Self.list(root).filter {
      FileManager.default.fileExists(atPath: root.appending(path: "\($0)/paper.yaml").path)
    }
    guard !names.isEmpty else { throw HarnessError.noPapers(folder) }
    let read = try names.map { try Self.paper($0, in: root) }
    papers = read.map(\.paper)
    files = Dictionary(read.map { ($0.paper.name, ($0.file, $0.origin)) }) { first, _ in first }
  }

  package var experiments: [Experiment] { papers.flatMap(\.experiments) }

  /// The papers of these names; all without names.
  /// - Throws: `HarnessError.unknownPaper`.
  package func papers(named names: [String]) throws -> [Paper] {
    if let stranger = names.first(where: { name in !papers.contains { $0.name == name } }) {
      throw HarnessError.unknownPaper(stranger, known: papers.map(\.name))
    }
    return names.isEmpty ? papers : papers.filter { names.contains($0.name) }
  }

  private static func paper(
    _ name: String, in root: URL
  ) throws -> (paper: Paper, file: PaperFile, origin: String) {
    let folder = root.appending(path: name, directoryHint: .isDirectory)
    let origin = "\(root.lastPathComponent)/\(name)/paper.yaml"
    let tree = try SettingsTree(yaml: try text(folder.appending(path: "paper.yaml")), name: origin)
    let file = try SettingsDecoder.decode(PaperFile.self, from: tree)
    let experiments = try file.resolved(paper: name, origin: origin)
    let published = try list(folder).filter { $0.hasSuffix(".csv") }.flatMap {
      try Published.table(
        csv: try text(folder.appending(path: $0)), paper: name, name: "\(root.lastPathComponent)/\(name)/\($0)")
    }
    if let stranger = published.first(where: { file.methods[$0.method] == nil }) {
      throw SettingsFault(
        origin: origin, complaint: "'methods' has no heading for '\(stranger.method)' of \(stranger.table)")
    }
    try file.checkTables(against: published, origin: origin)
    let claims = try file.claims(of: name, among: experiments, published: published)
    let paper = Paper(
      name: name, title: file.title, source: file.source, experiments: experiments,
      claims: claims, figures: try file.figures(of: name, among: experiments), published: published,
      departures: file.departures, notImplemented: file.notImplemented, headings: file.methods,
      datasetHeadings: file.datasets, layouts: file.tables ?? [], thresholds: file.thresholds)
    return (paper, file, origin)
  }

  /// The names in a folder, sorted.
  private static func list(_ folder: URL) throws -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch {
      throw HarnessError.unreadable(folder.path)
    }
  }

  private static func text(_ file: URL) throws -> String {
    do { return try String(contentsOf: file, encoding: .utf8) } catch { throw HarnessError.unreadable(file.path) }
  }
}
