import GRDB

extension Migration {
  /// Schema 5: scores of ours as they stood when they were promoted, with a view.
  static let promotedBaselines = Migration(name: "keep promoted scores, by which later runs are judged") { db in
    try db.execute(sql: tables)
  }
}

private let tables = """
  CREATE TABLE baseline (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) > 0),
    promoted REAL NOT NULL CHECK (promoted BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)
  ) STRICT;

  CREATE TABLE baseline_score (
    baseline TEXT NOT NULL REFERENCES baseline (name) ON DELETE CASCADE,
    experiment TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
    seed INTEGER NOT NULL,
    configuration_hash TEXT NOT NULL CHECK (length(configuration_hash) = 64),
    weights_hash TEXT CHECK (length(weights_hash) > 0),
    code TEXT NOT NULL,
    metric TEXT NOT NULL,
    value REAL NOT NULL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    direction TEXT NOT NULL CHECK (direction IN ('lower', 'higher', 'neither')),
    PRIMARY KEY (baseline, experiment, tier, seed, configuration_hash, metric)
  ) STRICT, WITHOUT ROWID;

  CREATE VIEW v_baseline AS
  SELECT name AS baseline, promoted, experiment, tier, seed, metric, value, weights_hash, code
  FROM baseline_score JOIN baseline ON baseline.name = baseline_score.baseline;
  """
