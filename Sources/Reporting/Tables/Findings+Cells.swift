import Comparison
import Experiments

extension Findings {
  /// The published tables' names, in the paper's order.
  var tableNames: [String] { paper.published.map(\.table).withoutRepetition }

  /// The cells of a published table: as the paper's text is read, and after them those of other readings that `isShown`.
  func cells(of table: String, where isShown: (PublishedCell) -> Bool) -> [PublishedCell] {
    let published = paper.published.filter { $0.table == table }
    return Reading.allCases.flatMap { reading in
      published.map { cell($0, reading: reading) }.filter { reading == .paper || isShown($0) }
    }
  }

  /// Whether the cell's experiment has a run at this tier that was begun.
  func hasRun(_ cell: PublishedCell) -> Bool {
    records.contains { $0.run.experiment == cell.experiment && $0.run.status != .pending }
  }

  /// Why no number of ours stands against the published one; `nil` where one does.
  ///
  /// What has no experiment at all is said in one sentence, unless the paper's file has its own for it.
  func reason(for cell: PublishedCell) -> String? {
    guard let reason = cell.reason, experiment(cell.experiment) == nil else { return cell.reason }
    return paper.notImplemented.contains(reason)
      ? reason : "no experiment here stands for it; the departures say what is not implemented"
  }
}

extension PublishedCell {
  /// Obtained minus published, where the two are like with like.
  var difference: Double? {
    guard case .compared(let difference, _) = status else { return nil }
    return difference
  }

  /// What became of the cell, in a word or two.
  var word: String {
    switch status {
    case .compared: "compared"
    case .notComparable: "not comparable"
    case .missing(let absence, _): absence.rawValue
    }
  }

  fileprivate var reason: String? {
    switch status {
    case .compared: nil
    case .notComparable(let reason), .missing(_, let reason): reason
    }
  }
}
