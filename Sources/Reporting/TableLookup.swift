package import Comparison
import Experiments
import Foundation

/// The forms that a single table is given in.
package enum TableFormat: String, Sendable, CaseIterable {
  case csv, html, latex
  case markdown = "md"
}

/// The ids of the tables that findings hold: a paper's published tables, its scores and its verdicts.
package func tableIDs(_ findings: [Findings]) -> [String] {
  findings.flatMap { tables(of: $0).map(\.id) }.withoutRepetition
}

/// A table by its id, e.g. `dpvae/table-1`, `dpvae/scores` or `dpvae/verdicts`.
///
/// A paper's table is in the paper's own layout for people, and a cell a row in CSV.
/// - Throws: `ReportingError.unknownTable`, which names those there are.
package func table(_ id: String, of findings: [Findings], as format: TableFormat) throws -> String {
  guard let found = findings.lazy.flatMap(tables).first(where: { $0.id == id }) else {
    throw ReportingError.unknownTable(id, known: tableIDs(findings))
  }
  return switch format {
  case .csv: CSV.render(found.tidy())
  case .html: HTML.render(Document(title: found.table().caption, tier: found.tier, blocks: [.table(found.table())]))
  case .latex: LaTeX.render(found.table())
  case .markdown: Markdown.render(found.table()) + "\n"
  }
}

/// A table under its id, as people read it and as programs do.
private struct NamedTable {
  let id: String
  let tier: Tier
  let table: () -> Table
  let tidy: () -> Table

  init(_ id: String, _ findings: Findings, _ table: @escaping () -> Table, tidy: (() -> Table)? = nil) {
    (self.id, tier) = ("\(findings.paper.name)/\(id)", findings.tier)
    self.table = table
    self.tidy = tidy ?? table
  }
}

private func tables(of findings: Findings) -> [NamedTable] {
  let published = findings.tableNames.map { name in
    NamedTable(Anchors.slug(name), findings) {
      PaperLayout(name, in: findings).table
    } tidy: {
      let cells = findings.cells(of: name) { findings.experiment($0.experiment) != nil }
      return TidyCells(caption: "\(name) of \(findings.paper.title)", cells: cells, findings: findings).table
    }
  }
  return published + [
    NamedTable("scores", findings) { Scores.long(findings) },
    NamedTable("verdicts", findings) { Verdicts.table(findings) },
  ]
}
