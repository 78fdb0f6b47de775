import Experiments
import Foundation
import GRDB

extension Migration {
  /// Schema 2: a third reading, the protocol of published numbers, and configurations in which the likelihood, the
  /// posterior, preprocessing, halving of the rate and a second stage have keys of their own.
  ///
  /// Runs keep their results under a new id, since the id follows from the configuration.
  static let matchedReadingsAndLikelihoods = Migration(
    name: "let runs read a matched configuration, name published protocols, and give likelihoods their own settings"
  ) { db in
    try db.execute(sql: "DROP VIEW v_run; DROP VIEW v_score; DROP VIEW v_published; DROP INDEX run_by_experiment")
    try db.execute(sql: runTable)
    try db.execute(sql: "INSERT INTO run_2 SELECT * FROM run; DROP TABLE run; ALTER TABLE run_2 RENAME TO run")
    try db.execute(sql: "ALTER TABLE published ADD COLUMN protocol TEXT NOT NULL DEFAULT ''")
    try db.execute(sql: views)
    for row in try Row.fetchAll(db, sql: "SELECT id, experiment, tier, seed, configuration FROM run ORDER BY id") {
      try rewrite(row, in: db)
    }
  }

  /// Gives a run's configuration its new form; one that has another form than schema 1 wrote stays as it is.
  private static func rewrite(_ row: Row, in db: Database) throws {
    let text: String = try row.value("configuration")
    let old = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    guard let new = withLikelihood(old) else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(new)
    let hash = Digest.hexadecimal(data)
    let former: String = try row.value("id")
    let (experiment, tier): (String, String) = (try row.value("experiment"), try row.value("tier"))
    let id = "\(experiment)@\(tier)#\(try row.value("seed") as Int)-\(hash.prefix(12))"
    try db.execute(
      sql: "UPDATE run SET id = ?, configuration = ?, configuration_hash = ? WHERE id = ?",
      arguments: [id, String(decoding: data, as: UTF8.self), hash, former])
    for table in ["artefact", "curve_point", "score", "verdict_run"] {
      try db.execute(sql: "UPDATE \(table) SET run = ? WHERE run = ?", arguments: [id, former])
    }
  }

  /// What schema 1 left unsaid was always the same: a Gaussian likelihood and posterior, items as they are, a constant
  /// rate, one stage.
  private static func withLikelihood(_ old: JSON) -> JSON? {
    var new = old
    guard let weight = old["method"]?["mseWeight"], old["likelihood"] == nil else { return nil }
    new["method"]?["mseWeight"] = nil
    new["method"]?["posterior"] = .text("gaussian")
    new["likelihood"] = .object(["name": .text("gaussian"), "settings": .object(["mseWeight": weight])])
    new["dataset"]?["preprocessing"] = .text("none")
    new["training"]?["halveEvery"] = .number(0)
    new["training"]?["secondStage"] = .object(["halveEvery": .number(0), "iterations": .number(0)])
    return new
  }
}

/// As `run`, but for the readings.
private let runTable = """
  CREATE TABLE run_2 (
    id TEXT NOT NULL PRIMARY KEY,
    experiment TEXT NOT NULL,
    paper TEXT NOT NULL,
    dataset TEXT NOT NULL,
    method TEXT NOT NULL,
    reading TEXT NOT NULL CHECK (reading IN ('paper', 'code', 'matched')),
    tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
    seed INTEGER NOT NULL,
    configuration TEXT NOT NULL CHECK (json_valid(configuration)),
    configuration_hash TEXT NOT NULL CHECK (length(configuration_hash) = 64),
    status TEXT NOT NULL CHECK (
      status IN ('pending', 'running', 'done', 'failed', 'diverged', 'timed-out', 'interrupted')),
    reason TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    started REAL CHECK (started BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    seconds REAL CHECK (seconds BETWEEN 0 AND 1.7976931348623157e308),
    processor_seconds REAL CHECK (processor_seconds BETWEEN 0 AND 1.7976931348623157e308),
    peak_memory INTEGER CHECK (peak_memory >= 0),
    weights_hash TEXT CHECK (length(weights_hash) > 0),
    provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)),
    worker TEXT,
    CHECK (experiment = paper || '/' || dataset || '/' || method || iif(reading = 'paper', '', '+' || reading)),
    CHECK ((reason IS NULL) = (status IN ('pending', 'running', 'done'))),
    CHECK (status <> 'done' OR weights_hash IS NOT NULL)
  ) STRICT;

  """

/// As before, with the protocol at the end of `v_published`.
private let views = """
  CREATE INDEX run_by_experiment ON run (experiment, tier, seed);

  CREATE VIEW v_run AS
  SELECT id AS run_id, experiment, paper, dataset, method, reading, tier, seed, status, started, seconds,
    weights_hash, reason
  FROM run;

  CREATE VIEW v_score AS
  SELECT run.id AS run_id, experiment, paper, dataset, method, reading, tier, seed, metric, value, unit,
    score.count AS n, score.status AS status, score.reason AS reason
  FROM score JOIN run ON run.id = score.run;

  CREATE VIEW v_published AS
  SELECT paper, tab, dataset, method, heading AS metric, value, deviation AS std, unit, source, protocol
  FROM published;
  """
