import Harness

/// Rows of text in aligned columns.
struct TextTable {
  let columns: [String]
  let rows: [[String]]

  init(columns: [String], rows: [[String]]) { (self.columns, self.rows) = (columns, rows) }
  init(_ listing: Listing) { self.init(columns: listing.columns, rows: listing.rows) }

  /// The columns of text that the longest line takes.
  var width: Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

  private var widths: [Int] {
    columns.indices.map { column in ([columns] + rows).map { $0[column].count }.max() ?? 0 }
  }

  /// The lines; on a terminal the last column is folded where it would run over the edge.
  var text: String {
    let widths = widths
    let indent = widths.dropLast().map { $0 + 2 }.reduce(0, +)
    return ([columns] + rows).map { row in
      let cells = zip(row.dropLast(), widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count) + "  "
      }
      return Terminal.folded(cells.joined() + (row.last ?? ""), indent: indent)
    }.joined(separator: "\n")
  }

  /// An object for each row, keyed by column.
  var objects: [[String: String]] {
    rows.map { Dictionary(zip(columns, $0)) { first, _ in first } }
  }
}
