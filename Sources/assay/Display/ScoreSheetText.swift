import Experiments
import Harness

/// Scores of files for people, in 80 columns: what was compared, a line for each score, then their full ids.
struct ScoreSheetText {
  let sheet: ScoreSheet

  var text: String {
    let ids = (["in full:"] + sheet.scores.map { "  \($0.metric)" }).map { Terminal.folded($0, indent: 4) }
    let remarks = sheet.scores.compactMap { score in
      score.reason.map { Terminal.folded("\(score.metric.name): \($0)", indent: 2) }
    }
    let recorded = sheet.recorded.map { ["recorded as \($0), external"] } ?? []
    return ([inputs.text, scores.text] + [ids, remarks, recorded].map { $0.joined(separator: "\n") })
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var inputs: TextTable {
    TextTable(
      columns: ["what", "count", "form", "where"],
      rows: sheet.inputs.map { [$0.role, Numerals.count($0.count), $0.form, $0.path] })
  }

  private var scores: TextTable {
    TextTable(columns: ["metric", "value", "n", "unit"], rows: sheet.scores.map(row))
  }

  /// The name, the value with its standard error and which way is better, items, unit.
  private func row(_ score: Score) -> [String] {
    guard let value = score.value else { return [score.metric.name, score.status.rawValue, "", score.unit] }
    let arrow = score.direction == .lower ? " ↓" : score.direction == .higher ? " ↑" : ""
    return [
      score.metric.name, Numerals.spread(value, score.standardError) + arrow, Numerals.count(score.count), score.unit,
    ]
  }
}
