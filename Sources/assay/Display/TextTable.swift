import Harness

/// Rows of text in aligned columns.
struct TextTable {
  let columns: [String]
  let rows: [[String]]

  init(columns: [String], rows: [[String]]) { (self.columns, self.rows) = (columns, rows) }
  init(_ listing: Listing) { self.init(columns: listing.columns, rows: listing.rows) }

  var text: String {
    let widths = columns.indices.map { column in ([columns] + rows).map { $0[column].count }.max() ?? 0 }
    return ([columns] + rows).map { row in
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  /// An object for each row, keyed by column.
  var objects: [[String: String]] {
    rows.map { Dictionary(zip(columns, $0)) { first, _ in first } }
  }
}
