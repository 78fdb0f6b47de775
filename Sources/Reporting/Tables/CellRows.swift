import Comparison
import Experiments

/// Published cells as rows: obtained, published, difference and what may be made of them.
struct CellRows {
  let caption: String
  let cells: [PublishedCell]
  let findings: Findings

  var table: Table {
    Table(
      caption: caption, tier: findings.tier,
      columns: [
        Column("dataset", .text), Column("method", .name), Column("column", .text), Column("obtained", .estimate),
        Column("published", .number), Column("difference", .number), Column("status", .text),
      ],
      rows: cells.map(row), notes: notes)
  }

  /// Reasons are said once, below the table, and pointed at by number.
  private var reasons: [String] { cells.compactMap(findings.reason).withoutRepetition }

  private var notes: [Prose] {
    let numbered = reasons.enumerated().map { index, reason in
      Prose("Note \(index + 1): \(reason)" + (reason.hasSuffix(".") ? "" : "."))
    }
    let experiments = cells.map(\.experiment).withoutRepetition
    return numbered + MissingSeeds(entries: estimates).notes + ExternalRuns(of: experiments, in: findings).notes
      + ColumnMeanings(of: cells).notes
  }

  private var estimates: [(experiment: String, measured: String, estimate: Estimate)] {
    cells.compactMap { cell in
      guard let obtained = cell.obtained, obtained.mean != nil else { return nil }
      return ("\(name(of: cell)) on \(cell.published.dataset)", cell.published.column, obtained)
    }
  }

  private func name(of cell: PublishedCell) -> String {
    let method = cell.experiment.method
    let namesake = findings.paper.experiments.first {
      $0.id.method == method && $0.id.reading == cell.experiment.reading
    }
    return namesake?.title ?? findings.paper.headings[method] ?? method
  }

  private func row(_ cell: PublishedCell) -> Row {
    Row(
      [
        .text(Prose(cell.published.dataset)), .text(Prose(name(of: cell))), .text(Prose(cell.published.column)),
        obtained(cell), cell.published.value.map { .number($0, shown: cell.published.shown) } ?? .missing("blank"),
        cell.difference.map { .number($0, shown: ($0 > 0 ? "+" : "") + Numerals.significant($0, digits: 3)) } ?? .blank,
        .text(status(cell)),
      ], tone: cell.difference == nil ? .faint : .plain, about: Topic(cell.experiment))
  }

  private func obtained(_ cell: PublishedCell) -> Cell {
    if let estimate = cell.obtained, estimate.mean != nil { return .estimate(estimate) }
    return .missing(cell.word)
  }

  private func status(_ cell: PublishedCell) -> Prose {
    let note = findings.reason(for: cell).flatMap { reasons.firstIndex(of: $0) }.map { ", note \($0 + 1)" } ?? ""
    return "\(cell.word)\(note)"
  }
}
