import Experiments
import GRDB
import Store
import Testing

struct PublicationsTests {
  @Test func `published numbers replace those of their own paper only`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.replacePublished([published("a", 1), published("b", 2)])
    try store.replacePublished([published("a", 3), published("a", nil, column: "FID")])
    let rows = try DatabaseQueue(path: folder.store()).read { db in
      try Row.fetchAll(db, sql: "SELECT paper, metric, value, std, tab FROM v_published ORDER BY paper, metric")
    }
    #expect(rows.map { $0["paper"] as String } == ["a", "a", "b"])
    #expect(rows.map { $0["metric"] as String } == ["FID", "sKL", "sKL"])
    #expect(rows.map { $0["value"] as Double? } == [nil, 3, 2])
    #expect(rows.map { $0["tab"] as String } == ["Table 1", "Table 1", "Table 1"])
  }

  @Test func `a cell that is published twice is refused and the old ones stay`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.replacePublished([published("a", 1)])
    #expect(throws: StoreError.self) { try store.replacePublished([published("a", 2), published("a", 3)]) }
    let values = try DatabaseQueue(path: folder.store()).read { db in
      try Double.fetchAll(db, sql: "SELECT value FROM v_published")
    }
    #expect(values == [1])
  }

  @Test func `verdicts replace those of their paper and tier only, and name their runs`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    try store.replaceVerdicts([verdict("a/x", .smoke, .contradicted, [run.id])], of: "a", tier: .smoke)
    try store.replaceVerdicts([verdict("a/x", .nightly, .supported, [])], of: "a", tier: .nightly)
    try store.replaceVerdicts([verdict("a/x", .smoke, .supported, [run.id, run.id])], of: "a", tier: .smoke)
    try DatabaseQueue(path: folder.store()).read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM v_verdict ORDER BY tier")
      #expect(rows.map { $0["tier"] as String } == ["nightly", "smoke"])
      #expect(rows.map { $0["verdict"] as String } == ["supported", "supported"])
      #expect(rows.map { $0["p"] as Double } == [0.02, 0.02])
      #expect(rows.map { $0["account"] as String } == ["lower by 1.", "lower by 1."])
      #expect(try String.fetchAll(db, sql: "SELECT run FROM verdict_run") == [run.id])
    }
    try store.replaceVerdicts([], of: "a", tier: .smoke)
    let left = try DatabaseQueue(path: folder.store()).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM v_verdict")
    }
    #expect(left == 1)
  }

  private func published(_ paper: String, _ value: Double?, column: String = "sKL") -> Published {
    Published(
      paper: paper, table: "Table 1", dataset: "mnist", method: "vae", column: column, metric: nil, value: value,
      deviation: nil, unit: "nats", source: "p. 9", note: "")
  }

  private func verdict(_ id: String, _ tier: Tier, _ outcome: Verdict.Outcome, _ runs: [String]) -> Verdict {
    let other = ExperimentID(paper: "a", dataset: "mnist", method: "x")
    let claim = Claim(
      id: id, statement: "s", source: "p. 1", tier: .smoke, seeds: 2, level: 0.05,
      assertion: .ordering(better: other, worse: other, metric: MetricID("kl")))
    return Verdict(
      claim: claim, tier: tier, outcome: outcome, effect: 1, interval: .init(low: 0.5, high: 1.5), statistic: 4,
      p: 0.02, signFlipP: 0.0625, seeds: [0], runs: runs, account: "lower by 1.")
  }
}
