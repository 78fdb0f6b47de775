import Comparison
import Experiments

/// Tables as comma-separated values by RFC 4180: numbers with all their digits, published ones with those of the paper, an estimate as four columns.
///
/// A text that a spreadsheet would take for a formula begins with an apostrophe, by which spreadsheets mark text.
package enum CSV {
  package static func render(_ table: Table) -> String {
    var lines = [table.columns.flatMap(headings) + ["tier"]]
    for row in table.rows.flatMap(\.unstacked) {
      let written = zip(table.columns, row.cells).flatMap { fields(of: $1, under: $0) }
      lines.append(written + [table.tier?.rawValue ?? ""])
    }
    return lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func headings(_ column: Column) -> [String] {
    let heading = inert(column.heading)
    return column.kind == .estimate ? ["", " sd", " n", " remark"].map { heading + $0 } : [heading]
  }

  private static func fields(of cell: Cell, under column: Column) -> [String] {
    let fields: [String] =
      switch cell {
      case .text(let prose): [inert(prose.plain)]
      case .number(let value, let shown): [digits(value, as: shown)]
      case .estimate(let estimate), .best(let estimate):
        [digits(estimate.mean), digits(estimate.deviation), String(estimate.values.count), remark(on: estimate)]
      case .stacked(let first, _, _): Self.fields(of: first, under: column)
      case .missing(let reason): column.kind == .estimate ? ["", "", "0", inert(reason)] : [inert(reason)]
      case .blank: [""]
      }
    let width = headings(column).count
    return fields + Array(repeating: "", count: max(0, width - fields.count))
  }

  /// The seeds that are missing, and those that are of external runs.
  private static func remark(on estimate: Estimate) -> String {
    let external = estimate.externalSeeds.isEmpty ? [] : ["external: " + ExternalRuns.seeds(estimate.externalSeeds)]
    return ((estimate.remark.map { [$0] } ?? []) + external).joined(separator: "; ")
  }

  private static func inert(_ text: String) -> String {
    text.unicodeScalars.first.map { ["=", "+", "-", "@", "\t", "\r"].contains($0) } == true ? "'" + text : text
  }

  /// As it is shown where that is the number itself and not a rounded one, else with all digits.
  private static func digits(_ value: Double, as shown: String) -> String {
    let plain = shown.replacing("−", with: "-")
    return Double(plain) == value ? plain : "\(value)"
  }

  private static func digits(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func quoted(_ field: String) -> String {
    let mustQuote = field.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) }
    return mustQuote ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
