import Comparison
import Experiments

/// Runs that are not done, each with its reason, and runs that no number here rests on.
struct IncompleteRuns: Section {
  let title = "Runs without a result"

  func body(_ findings: Findings) -> [Block] {
    let incomplete = findings.records.filter { $0.run.status != .done }
    let lacking = findings.records.filter { $0.run.status == .done && $0.scores.contains { $0.value == nil } }
    if incomplete.isEmpty {
      let count = findings.records.count
      Prose(count == 0 ? "There is no run at this tier." : "Every one of the \(count) runs at this tier is done.")
    } else {
      table(incomplete, findings)
    }
    if !lacking.isEmpty { scores(lacking, findings) }
    if !findings.altered.isEmpty {
      Block.details(
        "\(findings.altered.count) runs have other settings than the paper's file and enter no number here",
        [.list(findings.altered.map { "\(code: $0.run.id), \($0.run.status.rawValue)" })])
    }
  }

  private func table(_ records: [RunRecord], _ findings: Findings) -> Table {
    Table(
      caption: "Runs that are not done", tier: findings.tier,
      columns: [
        Column("experiment", .name), Column("seed", .number), Column("status", .text), Column("attempts", .number),
        Column("reason", .text),
      ],
      rows: records.map { record in
        let run = record.run
        return Row(
          [
            .text("\(code: run.experiment.description)"), .number(Double(run.seed), shown: String(run.seed)),
            .text("\(badge: run.status.rawValue, run.status.tone)"),
            .number(Double(run.attempts), shown: String(run.attempts)),
            run.reason.map { .text(Prose($0)) } ?? .missing("none given"),
          ], about: Topic(run.experiment))
      })
  }

  private func scores(_ records: [RunRecord], _ findings: Findings) -> Table {
    Table(
      caption: "Scores that finished runs lack", tier: findings.tier,
      columns: [
        Column("experiment", .name), Column("seed", .number), Column("metric", .text), Column("status", .text),
        Column("reason", .text),
      ],
      rows: records.flatMap { record in
        record.scores.filter { $0.value == nil }.map { score in
          Row(
            [
              .text("\(code: record.run.experiment.description)"),
              .number(Double(record.run.seed), shown: String(record.run.seed)),
              .text("\(code: score.metric.description)"), .text(Prose(score.status.rawValue)),
              .text(Prose(score.reason ?? "none given")),
            ], about: Topic(record.run.experiment))
        }
      })
  }
}

extension RunStatus {
  var tone: Tone {
    switch self {
    case .done: .good
    case .failed, .diverged: .bad
    case .timedOut, .interrupted: .doubtful
    case .pending, .running: .faint
    }
  }
}
