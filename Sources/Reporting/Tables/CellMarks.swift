import Comparison
import Experiments

/// Why cells of a table have no number, or one that is not like the published one: said once below it, and pointed at.
struct CellMarks {
  /// Why no number of ours is set against a published one, where that is the same for all.
  private let common: String?
  /// The other reasons, in the order of the cells; that a run is wanting, the cell's word says.
  private let reasons: [String]
  private let isAnyGreyed: Bool
  private let findings: Findings

  init(_ cells: [PublishedCell], in findings: Findings) {
    let unlike = cells.filter { $0.obtained?.mean != nil && $0.difference == nil }
    let all = unlike.filter { $0.published.value != nil }.compactMap(findings.reason).withoutRepetition
    let common = all.count == 1 ? all.first : nil
    self.common = common
    isAnyGreyed = !unlike.isEmpty
    reasons = cells.compactMap { Self.reason(for: $0, in: findings) }.withoutRepetition.filter { $0 != common }
    self.findings = findings
  }

  private static func reason(for cell: PublishedCell, in findings: Findings) -> String? {
    if case .missing(.notRun, _) = cell.status { return nil }
    return findings.reason(for: cell)
  }

  /// ` [2]`, or nothing where there is nothing to point at.
  func mark(of cell: PublishedCell) -> String {
    Self.reason(for: cell, in: findings).flatMap { reasons.firstIndex(of: $0) }.map { " [\($0 + 1)]" } ?? ""
  }

  var notes: [Prose] {
    let greyed: Prose =
      common.map { "Published numbers are greyed, for ours are not like with like: \($0)." }
      ?? "A published number that is greyed is not like with like."
    let numbered = reasons.enumerated().map { Prose("[\($0 + 1)] \($1)" + ($1.hasSuffix(".") ? "" : ".")) }
    return (isAnyGreyed ? [greyed] : []) + numbered
  }
}
