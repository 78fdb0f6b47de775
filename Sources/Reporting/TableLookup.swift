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
/// - Throws: `ReportingError.unknownTable`, which names those there are.
package func table(_ id: String, of findings: [Findings], as format: TableFormat) throws -> String {
  guard let found = findings.lazy.flatMap(tables).first(where: { $0.id == id }) else {
    throw ReportingError.unknownTable(id, known: tableIDs(findings))
  }
  return switch format {
  case .csv: CSV.render(found.table)
  case .html: HTML.render(Document(title: found.table.caption, tier: found.table.tier, blocks: [.table(found.table)]))
  case .latex: LaTeX.render(found.table)
  case .markdown: Markdown.render(found.table) + "\n"
  }
}

private func tables(of findings: Findings) -> [(id: String, table: Table)] {
  let published = findings.tableNames.map { name in
    let cells = Reading.allCases.flatMap { reading in
      findings.cells(of: name, reading: reading)
        .filter { reading == .paper || findings.experiment($0.experiment) != nil }
    }
    let table = PublishedTable(
      caption: "\(name) of \(findings.paper.title)", cells: cells, findings: findings, hasDataset: true
    ).table
    return (id: "\(findings.paper.name)/\(Anchors.slug(name))", table: table)
  }
  return published + [
    (id: "\(findings.paper.name)/scores", table: Scores.long(findings)),
    (id: "\(findings.paper.name)/verdicts", table: Verdicts.table(findings)),
  ]
}
