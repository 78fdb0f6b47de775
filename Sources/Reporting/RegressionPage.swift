package import Comparison
import Experiments

/// Changes since a baseline as one table, for a page or a summary of continuous integration: those that are the same bits
/// are counted, the others told.
package func regressionPage(_ changes: [Change], against baseline: String) -> Document {
  let told = changes.filter { $0.status != .identical }
  let counts = Change.Status.allCases.compactMap { status -> String? in
    let count = changes.count { $0.status == status }
    return count == 0 ? nil : "\(count) \(status.rawValue)"
  }
  let summary =
    changes.isEmpty ? "The baseline has no score of what was selected." : counts.joined(separator: ", ") + "."
  return Document(
    title: "Changes since \(baseline)", subtitle: Prose(summary), blocks: told.isEmpty ? [] : [.table(table(told))])
}

private func table(_ changes: [Change]) -> Table {
  Table(
    caption: "What is not the same bits", tier: nil,
    columns: [
      Column("experiment", .name), Column("tier", .text), Column("metric", .text), Column("change", .text),
      Column("before", .number), Column("after", .number), Column("why", .text),
    ],
    rows: changes.map { change in
      Row(
        [
          .text("\(code: change.experiment.description)"), .text(Prose(change.tier.rawValue)),
          .text("\(code: change.metric.description)"), .text("\(badge: change.status.rawValue, change.status.tone)"),
          number(change.before), number(change.after), .text(Prose(change.account.capitalisedFirst)),
        ], about: Topic(change.experiment, tier: change.tier))
    },
    notes: [
      "Values are paired by seed. A change counts where the mean moves beyond the metric's threshold and the paired t "
        + "interval excludes zero; what has no counterpart is missing, never a pass."
    ])
}

private func number(_ value: Double?) -> Cell {
  value.map { .number($0, shown: Numerals.significant($0)) } ?? .missing("none")
}

extension Change.Status {
  var tone: Tone {
    switch self {
    case .improved: .good
    case .regressed: .bad
    case .inconclusive, .missing: .doubtful
    case .identical, .unchanged: .faint
    }
  }
}
