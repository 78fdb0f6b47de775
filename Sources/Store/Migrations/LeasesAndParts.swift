import GRDB

extension Migration {
  /// Schema 6: who leased a run for its worker and last gave a sign of life, which parts of its results are there, and what happened to
  /// it; views show nothing of runs that are still to go on.
  static let leasesAndParts = Migration(
    name: "let runs be held by leases, keep results part by part, and tell what happened"
  ) {
    db in
    try db.execute(sql: "DROP VIEW v_score; DROP VIEW v_curve")
    try db.execute(sql: tables + views)
  }
}

private let tables = """
  ALTER TABLE run ADD COLUMN lease TEXT;
  ALTER TABLE run ADD COLUMN heartbeat REAL CHECK (heartbeat BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);

  CREATE TABLE part (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) > 0),
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    time REAL NOT NULL CHECK (time BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    what TEXT NOT NULL CHECK (length(what) > 0),
    PRIMARY KEY (run, position)
  ) STRICT, WITHOUT ROWID;

  """

/// As before, without the results of runs that are at work or interrupted, and with a view of events.
private let views = """
  CREATE VIEW v_score AS
  SELECT run.id AS run_id, experiment, paper, dataset, method, reading, tier, seed, metric, value, unit,
    score.count AS n, score.status AS status, score.reason AS reason,
    iif(json_extract(provenance, '$.external') IS NULL, 'own', 'external') AS origin
  FROM score JOIN run ON run.id = score.run
  WHERE run.status NOT IN ('running', 'interrupted');

  CREATE VIEW v_curve AS
  SELECT run AS run_id, iteration, name, value FROM curve_point JOIN run ON run.id = curve_point.run
  WHERE run.status NOT IN ('running', 'interrupted');

  CREATE VIEW v_event AS
  SELECT run.id AS run_id, experiment, tier, seed, time, what FROM event JOIN run ON run.id = event.run;
  """
