import Experiments
import GRDB
import Store
import Testing

struct SchemaTests {
  @Test(arguments: [
    (
      "v_run",
      "run_id experiment paper dataset method reading tier seed status started seconds weights_hash reason origin"
    ),
    (
      "v_score",
      "run_id experiment paper dataset method reading tier seed metric value unit n status reason origin"
    ),
    ("v_curve", "run_id iteration name value"),
    ("v_event", "run_id experiment tier seed time what"),
    ("v_published", "paper tab dataset method metric value std unit source protocol"),
    ("v_baseline", "baseline promoted experiment tier seed metric value weights_hash code"),
    (
      "v_verdict",
      "claim paper tier verdict statistic p effect account adjusted_p sign_flip_p standardized_effect low high bootstrap_low bootstrap_high"
    ),
  ])
  func `a view has its columns in their order`(view: String, columns: String) throws {
    let folder = try Folder()
    _ = try RunStore.open(folder.store())
    let names = try DatabaseQueue(path: folder.store()).read { db in
      try Row.fetchAll(db, sql: "PRAGMA table_info(\(view))").map { $0["name"] as String }
    }
    #expect(names == columns.split(separator: " ").map(String.init))
  }

  @Test(arguments: [
    "UPDATE run SET status = 'finished'",
    "UPDATE run SET status = NULL",
    "UPDATE run SET status = 'failed', reason = NULL",
    "UPDATE run SET reason = 'but it is done'",
    "UPDATE run SET weights_hash = NULL",
    "UPDATE run SET provenance = json_set(provenance, '$.external', json('{}'))",
    "UPDATE run SET tier = 'weekly'",
    "UPDATE run SET reading = 'mine'",
    "UPDATE run SET seed = 'one'",
    "UPDATE run SET experiment = 'dpvae/mnist/vae'",
    "UPDATE run SET reading = 'code'",
    "UPDATE run SET configuration = '{'",
    "UPDATE run SET attempts = -1",
    "UPDATE run SET seconds = -0.5",
    "UPDATE run SET seconds = 9e999",
    "UPDATE score SET value = NULL WHERE metric = 'elbo'",
    "UPDATE score SET status = 'failed', reason = 'why not' WHERE metric = 'elbo'",
    "UPDATE score SET status = 'lost' WHERE metric = 'elbo'",
    "UPDATE score SET value = 9e999 WHERE metric = 'elbo'",
    "UPDATE score SET value = -9e999 WHERE metric = 'elbo'",
    "UPDATE score SET value = 'low' WHERE metric = 'elbo'",
    "UPDATE score SET direction = 'up'",
    "UPDATE score SET count = -1",
    "UPDATE score SET value = 1 WHERE metric = 'fd/random-conv'",
    "UPDATE score SET reason = NULL WHERE metric = 'fd/random-conv'",
    "UPDATE score SET metric = 'elbo'",
    "UPDATE score SET run = 'nobody'",
    "UPDATE curve_point SET value = NULL",
    "UPDATE curve_point SET value = 9e999",
    "UPDATE curve_point SET iteration = 10, name = 'loss'",
    "UPDATE artefact SET kind = 'film'",
    "UPDATE artefact SET content = 'text'",
    "UPDATE artefact SET name = 'samples'",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'maybe', 1, 0.5, 0.5, 0.5, 1, 1, 0, 2, 0, 1, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 1.5, 0.5, 0.5, 1, 1, 0, 2, 0, 1, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 0.5, 0.5, 0.5, 1, 1, 2, 0, 0, 1, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 0.5, 0.5, 0.5, 1, 1, NULL, 0, 0, 1, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 0.5, 0.5, 1.5, 1, 1, 0, 2, 0, 1, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 0.5, 0.5, 0.5, 1, 1, 0, 2, 1, NULL, 'a')",
    "INSERT INTO verdict VALUES ('c', 'smoke', 'p', 0, 'supported', 1, 0.5, 0.5, 0.5, 1, 1, 0, 2, 1, 0, 'a')",
    "INSERT INTO published VALUES ('p', 0, 't', 'd', 'm', 'h', NULL, 1, -1, 'u', 's', '', '')",
  ])
  func `the tables refuse what contradicts itself`(sql: String) throws {
    let folder = try Folder()
    try RunStore.open(folder.store()).complete(try Sample.run())
    let queue = try DatabaseQueue(path: folder.store())
    let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }

  @Test func `the tables know every word of the records`() throws {
    let folder = try Folder()
    try RunStore.open(folder.store()).complete(try Sample.run())
    try DatabaseQueue(path: folder.store()).write { db in
      for status in RunStatus.allCases {
        let reason = [.pending, .running, .done].contains(status) ? nil : "a reason"
        try db.execute(sql: "UPDATE run SET status = ?, reason = ?", arguments: [status.rawValue, reason])
      }
      for tier in Tier.allCases { try db.execute(sql: "UPDATE run SET tier = ?", arguments: [tier.rawValue]) }
      for reading in Reading.allCases {
        let suffix = reading == .paper ? "" : "+\(reading.rawValue)"
        try db.execute(
          sql: "UPDATE run SET reading = ?, experiment = 'dpvae/two-moons/vae' || ?",
          arguments: [reading.rawValue, suffix])
      }
      for direction in Direction.allCases {
        try db.execute(sql: "UPDATE score SET direction = ?", arguments: [direction.rawValue])
      }
      for status in Score.Status.allCases where status != .done {
        try db.execute(
          sql: "UPDATE score SET value = NULL, standard_error = NULL, reason = 'r', status = ?",
          arguments: [status.rawValue])
      }
      for outcome in Verdict.Outcome.allCases {
        try db.execute(
          sql: """
            INSERT INTO verdict
            VALUES (?, 'smoke', 'p', 0, ?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'a')
            """,
          arguments: [outcome.rawValue, outcome.rawValue])
      }
    }
  }

  @Test func `with a run go its results`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    try store.tell("something", of: Sample.run().id, at: 0)
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(sql: "INSERT INTO part SELECT id, 'mse' FROM run")
      try db.execute(sql: "DELETE FROM run")
      for table in ["score", "curve_point", "artefact", "part", "event"] {
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") == 0)
      }
    }
  }
}
