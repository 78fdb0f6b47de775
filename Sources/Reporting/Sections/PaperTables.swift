import Comparison
import Experiments

/// The published tables with our numbers beside theirs.
struct PaperTables: Section {
  let title = "The paper's tables"

  func body(_ findings: Findings) -> [Block] {
    if findings.paper.published.isEmpty {
      "No published number of this paper is written down."
    } else {
      "Obtained is the mean over seeds ± its sample standard deviation, with the number of seeds in brackets. A greyed row is not set against the paper's number, and says why."
      for name in findings.tableNames {
        for block in blocks(name, findings) { block }
      }
    }
  }

  private func blocks(_ name: String, _ findings: Findings) -> [Block] {
    let cells = Reading.allCases.flatMap { findings.cells(of: name, reading: $0) }
    let ours = cells.filter { findings.experiment($0.experiment) != nil }
    let shown = ours.filter { cell in findings.records.contains { $0.run.experiment == cell.experiment } }
    let left = cells.filter { $0.experiment.reading == .paper && !shown.contains($0) }
    let tables = shown.map(\.published.dataset).withoutRepetition.map { dataset in
      Block.table(
        PublishedTable(
          caption: "\(name), \(dataset)", cells: shown.filter { $0.published.dataset == dataset }, findings: findings,
          hasDataset: false
        ).table)
    }
    guard !left.isEmpty else { return tables }
    let rest = PublishedTable(
      caption: "\(name), published and not obtained here", cells: left, findings: findings, hasDataset: true)
    let datasets = left.map(\.published.dataset).withoutRepetition.joined(separator: ", ")
    return tables + [
      .details(
        "\(name): \(left.count) published numbers without a run at this tier (\(datasets))", [.table(rest.table)])
    ]
  }
}

extension Findings {
  /// The published tables' names, in the paper's order.
  var tableNames: [String] { paper.published.map(\.table).withoutRepetition }

  func cells(of table: String, reading: Reading) -> [PublishedCell] {
    paper.published.filter { $0.table == table }.map { cell($0, reading: reading) }
  }
}

/// Published cells as rows: obtained, published, difference and what may be made of them.
struct PublishedTable {
  let caption: String
  let cells: [PublishedCell]
  let findings: Findings
  let hasDataset: Bool

  var table: Table {
    Table(
      caption: caption, tier: findings.tier,
      columns: (hasDataset ? [Column("dataset", .text)] : []) + [
        Column("method", .name), Column("column", .text), Column("obtained", .estimate), Column("published", .number),
        Column("difference", .number), Column("status", .text),
      ],
      rows: cells.map(row), notes: notes)
  }

  /// Reasons are said once, below the table, and pointed at by number.
  private var reasons: [String] { cells.compactMap(reason).withoutRepetition }

  /// What has no experiment at all is said in one sentence, unless the paper's file has its own for it.
  private func reason(for cell: PublishedCell) -> String? {
    guard let reason = cell.reason, findings.experiment(cell.experiment) == nil else { return cell.reason }
    return findings.paper.notImplemented.contains(reason)
      ? reason : "no experiment here stands for it; the departures say what is not implemented"
  }

  private var notes: [Prose] {
    let numbered = reasons.enumerated().map { index, reason in
      Prose("Note \(index + 1): \(reason)" + (reason.hasSuffix(".") ? "" : "."))
    }
    let meanings = cells.compactMap { cell in
      cell.published.metric.map { Meaning(column: cell.published.column, metric: $0, unit: cell.published.unit) }
    }
    let experiments = cells.map(\.experiment).withoutRepetition
    return numbered + MissingSeeds(entries: estimates).notes + ExternalRuns(of: experiments, in: findings).notes
      + meanings.withoutRepetition.map(note)
  }

  private var estimates: [(experiment: String, measured: String, estimate: Estimate)] {
    cells.compactMap { cell in
      guard let obtained = cell.obtained, obtained.mean != nil else { return nil }
      let place = hasDataset ? " on \(cell.published.dataset)" : ""
      return (name(of: cell) + place, cell.published.column, obtained)
    }
  }

  private func name(of cell: PublishedCell) -> String {
    let method = cell.experiment.method
    let namesake = findings.paper.experiments.first {
      $0.id.method == method && $0.id.reading == cell.experiment.reading
    }
    return namesake?.title ?? findings.paper.headings[method] ?? method
  }

  private struct Meaning: Hashable {
    let column: String
    let metric: MetricID
    let unit: String
  }

  /// What stands for a column, and how the paper measured what it printed there, as far as that is known.
  private func note(on meaning: Meaning) -> Prose {
    let note: Prose = "\(meaning.column) stands against \(code: meaning.metric.description), in \(meaning.unit)."
    let published = cells.map(\.published).filter { $0.column == meaning.column && $0.metric == meaning.metric }
    let protocols = published.map(\.protocol).filter { !$0.isEmpty }.withoutRepetition
    guard let first = protocols.first else { return note }
    let some = published.contains { $0.protocol.isEmpty } ? "Where the paper says how, it was" : "It was"
    return protocols.dropFirst().reduce(note + " \(some) measured as \(code: first)") { $0 + ", \(code: $1)" } + "."
  }

  private func row(_ cell: PublishedCell) -> Row {
    Row(
      (hasDataset ? [.text(Prose(cell.published.dataset))] : []) + [
        .text(Prose(name(of: cell))), .text(Prose(cell.published.column)), obtained(cell), published(cell.published),
        cell.difference.map { .number($0, shown: ($0 > 0 ? "+" : "") + Numerals.significant($0, digits: 3)) } ?? .blank,
        .text(status(cell)),
      ], tone: cell.difference == nil ? .faint : .plain, about: Topic(cell.experiment))
  }

  private func obtained(_ cell: PublishedCell) -> Cell {
    if let estimate = cell.obtained, estimate.mean != nil { return .estimate(estimate) }
    guard case .missing(let absence, _) = cell.status else { return .missing("not comparable") }
    return .missing(absence.rawValue)
  }

  private func published(_ published: Published) -> Cell {
    guard let value = published.value else { return .missing("blank") }
    let spread = published.deviation.map { " ± \($0)" } ?? ""
    return .number(value, shown: "\(value)".replacing("-", with: "−") + spread)
  }

  private func status(_ cell: PublishedCell) -> Prose {
    let note = reason(for: cell).flatMap { reasons.firstIndex(of: $0) }.map { ", note \($0 + 1)" } ?? ""
    return switch cell.status {
    case .compared: "compared"
    case .notComparable: "not comparable\(note)"
    case .missing(let absence, _): "\(absence.rawValue)\(note)"
    }
  }
}

extension PublishedCell {
  var difference: Double? {
    guard case .compared(let difference, _) = status else { return nil }
    return difference
  }

  fileprivate var reason: String? {
    switch status {
    case .compared: nil
    case .notComparable(let reason), .missing(_, let reason): reason
    }
  }
}
