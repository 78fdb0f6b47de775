package import Experiments
import GRDB

extension RunStore {
  /// Puts these published numbers in place of those of the same papers, for the view `v_published`.
  package func replacePublished(_ published: [Published]) throws {
    try writing("published numbers") { db in
      for paper in Set(published.map(\.paper)).sorted() {
        try db.execute(sql: "DELETE FROM published WHERE paper = ?", arguments: [paper])
      }
      let statement = try db.makeStatement(
        sql: """
          INSERT INTO published (paper, position, tab, dataset, method, heading, metric, value, deviation, unit, source,
            note, protocol)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for (position, number) in published.enumerated() {
        try statement.execute(arguments: [
          number.paper, position, number.table, number.dataset, number.method, number.column,
          number.metric?.description, number.value, number.deviation, number.unit, number.source, number.note,
          number.protocol,
        ])
      }
    }
  }

  /// Puts these verdicts in place of the paper's at that tier, for the view `v_verdict`.
  package func replaceVerdicts(_ verdicts: [Verdict], of paper: String, tier: Tier) throws {
    try writing("verdicts") { db in
      try db.execute(sql: "DELETE FROM verdict WHERE paper = ? AND tier = ?", arguments: [paper, tier.rawValue])
      for (position, verdict) in verdicts.enumerated() {
        try insert(verdict, at: position, of: paper, in: db)
      }
    }
  }

  private func insert(_ verdict: Verdict, at position: Int, of paper: String, in db: Database) throws {
    let (claim, tier) = (verdict.claim.id, verdict.tier.rawValue)
    try db.execute(
      sql: "INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        claim, tier, paper, position, verdict.outcome.rawValue, verdict.statistic, verdict.p, verdict.signFlipP,
        verdict.adjustedP, verdict.effect, verdict.standardizedEffect, verdict.interval?.low, verdict.interval?.high,
        verdict.bootstrap?.low, verdict.bootstrap?.high, verdict.account,
      ])
    for run in Set(verdict.runs).sorted() {
      try db.execute(sql: "INSERT INTO verdict_run VALUES (?, ?, ?)", arguments: [claim, tier, run])
    }
  }
}
