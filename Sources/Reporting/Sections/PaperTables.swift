import Comparison
import Experiments

/// The published tables in their own layout with our numbers over theirs, and cell by cell below.
struct PaperTables: Section {
  let title = "The paper's tables"

  func body(_ findings: Findings) -> [Block] {
    if findings.paper.published.isEmpty {
      "No published number of this paper is written down."
    } else {
      for name in findings.tableNames {
        PaperLayout(name, in: findings).table
        Block.details(
          "\(name), cell by cell: differences, metrics, and why a cell has none", [.table(rows(of: name, findings))])
      }
    }
  }

  /// Cells with a number of ours first, then what is published and not obtained here.
  private func rows(of name: String, _ findings: Findings) -> Table {
    let cells = findings.cells(of: name, where: findings.hasRun)
    let obtained = cells.filter { $0.obtained?.mean != nil }
    return CellRows(
      caption: "\(name), cell by cell", cells: obtained + cells.filter { $0.obtained?.mean == nil }, findings: findings
    ).table
  }
}
