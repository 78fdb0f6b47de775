import Comparison
import Experiments

/// Published cells for programs: one a row, with ids, all digits, the status and the reason in full.
struct TidyCells {
  let caption: String
  let cells: [PublishedCell]
  let findings: Findings

  var table: Table {
    Table(
      caption: caption, tier: findings.tier,
      columns: [
        Column("dataset", .text), Column("method", .name), Column("reading", .text), Column("column", .text),
        Column("metric", .text), Column("unit", .text), Column("obtained", .estimate), Column("published", .number),
        Column("published sd", .number), Column("difference", .number), Column("status", .text),
        Column("reason", .text),
      ],
      rows: cells.map(row))
  }

  private func row(_ cell: PublishedCell) -> Row {
    let published = cell.published
    let names: [String] = [
      published.dataset, published.method, cell.experiment.reading.rawValue, published.column,
      published.metric?.description ?? "", published.unit,
    ]
    return Row(
      names.map { .text(Prose($0)) } + [
        cell.obtained.map { .estimate($0) } ?? .blank, number(published.value, shown: published.printedValue),
        number(published.deviation, shown: published.printedDeviation), number(cell.difference),
        .text(Prose(cell.word)), .text(Prose(findings.reason(for: cell) ?? "")),
      ])
  }

  private func number(_ value: Double?, shown: String? = nil) -> Cell {
    value.map { .number($0, shown: shown ?? "\($0)") } ?? .blank
  }
}
