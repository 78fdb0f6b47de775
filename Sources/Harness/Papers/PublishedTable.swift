import Experiments
import Foundation

extension Published {
  static let columns = [
    "table", "dataset", "method", "column", "metric", "protocol", "value", "deviation", "unit", "source", "note",
  ]

  /// The cells of a published table, one a row of CSV; `name` is what errors call the file.
  /// - Throws: `SettingsFault`.
  static func table(csv text: String, paper: String, name: String) throws -> [Published] {
    let rows = CSV.rows(text)
    guard rows.first == columns else {
      throw SettingsFault(origin: "\(name) line 1", complaint: "must be the heading \(columns.joined(separator: ","))")
    }
    return try rows.enumerated().dropFirst().map { index, row in
      try Published(row: row, paper: paper, origin: "\(name) row \(index + 1)")
    }
  }

  private init(row: [String], paper: String, origin: String) throws {
    guard row.count == Published.columns.count else {
      throw SettingsFault(
        origin: origin, complaint: "has \(row.count) cells where there must be \(Published.columns.count)")
    }
    func number(_ text: String) throws -> Double? {
      if text.isEmpty { return nil }
      guard let value = Double(text), value.isFinite else {
        throw SettingsFault(origin: origin, complaint: "'\(text)' is no number")
      }
      return value
    }
    func printed(_ text: String) -> String? { text.isEmpty ? nil : text }
    let metric = MetricID(row[4])
    guard metric != nil || row[4].isEmpty else {
      throw SettingsFault(origin: origin, complaint: "'\(row[4])' is no metric; write name?key=value&key=value")
    }
    guard row[5].isEmpty || MetricID(row[5]) != nil else {
      throw SettingsFault(origin: origin, complaint: "'\(row[5])' is no protocol; write name?key=value&key=value")
    }
    self.init(
      paper: paper, table: row[0], dataset: row[1], method: row[2], column: row[3], metric: metric,
      protocol: row[5], value: try number(row[6]), deviation: try number(row[7]), printedValue: printed(row[6]),
      printedDeviation: printed(row[7]), unit: row[8], source: row[9], note: row[10])
  }
}

extension PaperFile {
  /// - Throws: `SettingsFault` where the layout of a table names a table or a method that the published cells do not have.
  func checkTables(against published: [Published], origin: String) throws {
    func refuse(_ complaint: String) -> SettingsFault {
      SettingsFault(origin: origin, complaint: "'tables' \(complaint)")
    }
    for layout in tables ?? [] {
      let cells = published.filter { $0.table == layout.table }
      guard !cells.isEmpty else { throw refuse("has a '\(layout.table)', of which no cell is published") }
      for method in layout.rows.flatMap({ [$0.key, $0.value] }).sorted()
      where !cells.contains(where: { $0.method == method }) {
        throw refuse("has the method '\(method)', which \(layout.table) has not")
      }
    }
  }
}

/// Comma-separated values with quotes (RFC 4180).
enum CSV {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var quoted = false
    var previous: Character?
    for character in text.replacing("\r\n", with: "\n") {
      switch (character, quoted) {
      case ("\"", _):
        // Two quotes inside quotes are one.
        if !quoted, previous == "\"" { cell.append("\"") }
        quoted.toggle()
      case (",", false):
        row.append(cell)
        cell = ""
      case ("\n", false):
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default:
        cell.append(character)
      }
      previous = character
    }
    return row.isEmpty && cell.isEmpty ? rows : rows + [row + [cell]]
  }
}
