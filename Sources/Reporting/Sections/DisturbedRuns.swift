import Comparison
import Experiments

/// Runs that were cut off, begun again, went on from a savepoint, or met something else out of the ordinary.
struct DisturbedRuns: Section {
  let title = "Runs that did not go through at once"

  /// Of a longer story the end is told.
  private static let told = 20

  func body(_ findings: Findings) -> [Block] {
    let disturbed = findings.records.filter(isDisturbed)
    if disturbed.isEmpty {
      "No run at this tier was cut off and gone on with, begun again or otherwise disturbed."
    } else {
      let count = findings.records.count
      "Of \(Numerals.count(count)) runs \(Numerals.count(disturbed.count)) did not go through at once. A run that goes on from a "
        + "savepoint comes to the bits of one that was never cut off."
      Block.details("What happened to them", [.table(table(disturbed, findings))])
    }
  }

  /// Whether there is more to tell than why it is not done, which stands among the runs without a result.
  private func isDisturbed(_ record: RunRecord) -> Bool {
    record.events.count > (record.run.reason == nil ? 0 : 1)
  }

  private func table(_ records: [RunRecord], _ findings: Findings) -> Table {
    Table(
      caption: "What happened to runs on their way", tier: findings.tier,
      columns: [
        Column("experiment", .name), Column("seed", .number), Column("status", .text), Column("attempts", .number),
        Column("what happened", .text),
      ],
      rows: records.map { record in
        let run = record.run
        return Row(
          [
            .text("\(code: run.experiment.description)"), .number(Double(run.seed), shown: String(run.seed)),
            .text("\(badge: run.status.rawValue, run.status.tone)"),
            .number(Double(run.attempts), shown: String(run.attempts)), .text(Prose(story(record.events))),
          ], about: Topic(run.experiment))
      }, notes: ["With its times: \(code: "assay status EXPERIMENT#SEED")."])
  }

  private func story(_ events: [RunEvent]) -> String {
    let left = max(0, events.count - Self.told)
    return ((left > 0 ? ["\(left) events before"] : []) + events.suffix(Self.told).map(\.what)).joined(separator: "; ")
  }
}
