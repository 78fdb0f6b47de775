import Comparison
import Experiments

/// What stands for each column of a published table, and how the paper measured what it printed there.
struct ColumnMeanings {
  private let published: [Published]

  init(of cells: [PublishedCell]) { published = cells.map(\.published).withoutRepetition }

  /// A note for each column and metric of ours, with the paper's protocols as far as they are known.
  var notes: [Prose] {
    published.compactMap { cell in
      cell.metric.map { Meaning(column: cell.column, metric: $0, unit: cell.unit) }
    }.withoutRepetition.map(note)
  }

  private struct Meaning: Hashable {
    let column: String
    let metric: MetricID
    let unit: String
  }

  private func note(on meaning: Meaning) -> Prose {
    let note: Prose = "\(meaning.column) stands against \(code: meaning.metric.description), in \(meaning.unit)."
    let cells = published.filter { $0.column == meaning.column && $0.metric == meaning.metric }
    let protocols = cells.map(\.protocol).filter { !$0.isEmpty }.withoutRepetition
    guard let first = protocols.first else { return note }
    let some = cells.contains { $0.protocol.isEmpty } ? "Where the paper says how, it was" : "It was"
    return protocols.dropFirst().reduce(note + " \(some) measured as \(code: first)") { $0 + ", \(code: $1)" } + "."
  }
}
