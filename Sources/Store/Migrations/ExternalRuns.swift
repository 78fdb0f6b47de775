import GRDB

extension Migration {
  /// Schema 3: a done run may be external, measured on what another program made, and then has no weights; `v_run` and
  /// `v_score` say at their end which runs are.
  static let externalRuns = Migration(name: "let done runs be external, without weights, and have views tell them") {
    db in
    try db.execute(sql: "DROP VIEW v_run; DROP VIEW v_score; DROP INDEX run_by_experiment")
    try db.execute(sql: runTable)
    try db.execute(sql: "INSERT INTO run_3 SELECT * FROM run; DROP TABLE run; ALTER TABLE run_3 RENAME TO run")
    try db.execute(sql: views)
  }
}

/// As `run`, but for the weights.
private let runTable = """
  CREATE TABLE run_3 (
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
    CHECK (status <> 'done' OR (weights_hash IS NULL) = (json_extract(provenance, '$.external') IS NOT NULL))
  ) STRICT;

  """

/// As before, with the origin, `own` or `external`, at the end of `v_run` and `v_score`.
private let views = """
  CREATE INDEX run_by_experiment ON run (experiment, tier, seed);

  CREATE VIEW v_run AS
  SELECT id AS run_id, experiment, paper, dataset, method, reading, tier, seed, status, started, seconds,
    weights_hash, reason, iif(json_extract(provenance, '$.external') IS NULL, 'own', 'external') AS origin
  FROM run;

  CREATE VIEW v_score AS
  SELECT run.id AS run_id, experiment, paper, dataset, method, reading, tier, seed, metric, value, unit,
    score.count AS n, score.status AS status, score.reason AS reason,
    iif(json_extract(provenance, '$.external') IS NULL, 'own', 'external') AS origin
  FROM score JOIN run ON run.id = score.run;
  """
