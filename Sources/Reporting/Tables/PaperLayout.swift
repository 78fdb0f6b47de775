import Comparison
import Experiments

/// A published table in the paper's own layout: methods down, its columns across in groups of one dataset each, what was
/// obtained over what was published.
///
/// The order of rows, groups and columns is that in which the published cells stand; a row of another reading of the
/// paper follows the method's own where that reading has a run.
struct PaperLayout {
  let name: String
  let findings: Findings
  private let cells: [Place: PublishedCell]
  private let rows: [Line]
  private let spots: [Spot]
  private let marks: CellMarks

  init(_ name: String, in findings: Findings) {
    (self.name, self.findings) = (name, findings)
    let shared = findings.paper.layouts.first { $0.table == name }?.rows ?? [:]
    let published = findings.paper.published.filter { $0.table == name }
    let spots = Self.spots(of: published)
    var cells: [Place: PublishedCell] = [:]
    for reading in Reading.allCases {
      for cell in published.map({ findings.cell($0, reading: reading) })
      where reading == .paper || findings.hasRun(cell) {
        let row = Line(method: shared[cell.published.method] ?? cell.published.method, reading: reading)
        cells[Place(row: row, spot: Spot(cell.published))] = cell
      }
    }
    let taken = Set(cells.keys.map(\.row))
    let methods = published.map { shared[$0.method] ?? $0.method }.withoutRepetition
    let rows = methods.flatMap { method in Reading.allCases.map { Line(method: method, reading: $0) } }
      .filter(taken.contains)
    (self.rows, self.spots, self.cells) = (rows, spots, cells)
    let ordered = rows.flatMap { row in spots.compactMap { cells[Place(row: row, spot: $0)] } }
    marks = CellMarks(ordered, in: findings)
  }

  /// A row: a method in one reading of the paper.
  private struct Line: Hashable {
    let method: String
    let reading: Reading
  }

  /// A column: one of the paper's, on one dataset.
  private struct Spot: Hashable {
    let dataset: String
    let column: String

    init(_ published: Published) { (dataset, column) = (published.dataset, published.column) }
  }

  private struct Place: Hashable {
    let row: Line
    let spot: Spot
  }

  /// The columns, those of a dataset together.
  private static func spots(of published: [Published]) -> [Spot] {
    let all = published.map(Spot.init).withoutRepetition
    return all.map(\.dataset).withoutRepetition.flatMap { dataset in all.filter { $0.dataset == dataset } }
  }
}

extension PaperLayout {
  var table: Table {
    let bests = Set(spots.flatMap { spot in Reading.allCases.compactMap { best(at: spot, $0) } })
    return Table(
      caption: caption, tier: findings.tier, columns: [Column("method", .name)] + columns, groups: groups,
      rows: rows.map { row($0, bests) }, notes: notes)
  }

  /// Where all datasets have the same single column, this is named once, and the datasets are the columns.
  private var sharedColumn: String? {
    let names = spots.map(\.column).withoutRepetition
    return names.count == 1 && spots.count > 1 ? names.first : nil
  }

  private var caption: String {
    "\(name) of \(findings.paper.title)" + (sharedColumn.map { ": \($0)" } ?? "")
  }

  private var columns: [Column] {
    spots.map { spot in
      let heading = sharedColumn == nil ? spot.column : heading(of: spot.dataset)
      return Column(heading, .estimate, about: Topic(datasets: [spot.dataset]))
    }
  }

  private var groups: [ColumnGroup] {
    guard sharedColumn == nil else { return [] }
    let datasets = spots.map(\.dataset).withoutRepetition.map { dataset in
      ColumnGroup(
        heading(of: dataset), width: spots.count { $0.dataset == dataset }, about: Topic(datasets: [dataset]))
    }
    return [ColumnGroup("", width: 1)] + datasets
  }

  private func heading(of dataset: String) -> String { findings.paper.datasetHeadings[dataset] ?? dataset }

  private func row(_ line: Line, _ bests: Set<Place>) -> Row {
    let own = spots.map { spot -> Cell in
      let place = Place(row: line, spot: spot)
      return cells[place].map { cell($0, isBest: bests.contains(place)) } ?? .blank
    }
    return Row(
      [.stacked(.text(Prose(title(of: line))), below: .text("published"), tone: .plain)] + own,
      about: Topic(methods: [line.method], readings: [line.reading]))
  }

  private func title(of line: Line) -> String {
    (findings.paper.headings[line.method] ?? line.method)
      + (line.reading == .paper ? "" : " (\(line.reading.rawValue))")
  }

  private func cell(_ cell: PublishedCell, isBest: Bool) -> Cell {
    .stacked(
      obtained(cell, isBest: isBest), below: published(cell), tone: cell.difference == nil ? .faint : .plain)
  }

  private func obtained(_ cell: PublishedCell, isBest: Bool) -> Cell {
    if let estimate = cell.obtained, estimate.mean != nil { return isBest ? .best(estimate) : .estimate(estimate) }
    return .missing(cell.word + marks.mark(of: cell))
  }

  private func published(_ cell: PublishedCell) -> Cell {
    let mark = cell.obtained?.mean == nil ? "" : marks.mark(of: cell)
    guard let value = cell.published.value else { return .missing("blank" + mark) }
    return .number(value, shown: cell.published.shown + mark)
  }

  /// Where the significantly best of a column's rows in one reading stands.
  private func best(at spot: Spot, _ reading: Reading) -> Place? {
    let own = rows.filter { $0.reading == reading }.map { Place(row: $0, spot: spot) }
    let obtained = own.compactMap { cells[$0] }.filter { $0.obtained?.mean != nil }
    let metrics = obtained.compactMap(\.published.metric).withoutRepetition
    guard metrics.count == 1, let metric = metrics.first else { return nil }
    let best = findings.best(among: obtained.map(\.experiment), on: metric)
    return best.flatMap { best in own.first { cells[$0]?.experiment == best } }
  }
}

// What is said below.
extension PaperLayout {
  private var notes: [Prose] {
    let ordered = rows.flatMap { row in spots.compactMap { cells[Place(row: row, spot: $0)] } }
    return [Self.legend, Self.rule] + marks.notes + MissingSeeds(entries: estimates).notes
      + ExternalRuns(of: ordered.map(\.experiment).withoutRepetition, in: findings).notes
      + ColumnMeanings(of: ordered).notes
  }

  private static let legend: Prose =
    "A cell has what was obtained, the mean over seeds ± its sample standard deviation with the number of seeds in brackets, over what was published."

  private static var rule: Prose {
    Prose(
      "Bold is the best of a column where it is significantly so: among the rows of one reading of the paper that have a "
        + "value, its mean is better than every other's by the paired t test over at least \(Best.seeds) common seeds, "
        + "with Holm's correction, at level \(Best.level).")
  }

  private var estimates: [(experiment: String, measured: String, estimate: Estimate)] {
    rows.flatMap { row in
      spots.compactMap { spot in
        guard let obtained = cells[Place(row: row, spot: spot)]?.obtained, obtained.mean != nil else { return nil }
        return (title(of: row) + ", " + heading(of: spot.dataset), spot.column, obtained)
      }
    }
  }
}
