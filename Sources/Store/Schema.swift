import GRDB

/// The tables and views, as migrations that are only ever added to.
enum Schema {
  /// The version that this program writes: the number of its migrations, kept in `user_version`.
  static var version: Int { migrations.count }

  /// "ASSY", by which a store is told from another program's database.
  static let applicationID = 0x4153_5359

  static func migrate(_ database: any DatabaseWriter) throws {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { db in
        try migration.change(db)
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    try migrator.migrate(database)
  }

  /// The tables of one version or another.
  static let tableNames = [
    "artefact", "baseline", "baseline_score", "curve_point", "event", "part", "published", "run", "score", "verdict",
    "verdict_run",
  ]

  /// What stands in the place of our tables, or works upon them, and is not this program's; `nil` where nothing does.
  ///
  /// A view or a computed column could be made to take for ever, a trigger to change what is written. Other tables, and
  /// views of ours, are everybody's own business.
  static func stranger(in db: Database) throws -> String? {
    let names = tableNames.map { "'\($0)'" }.joined(separator: ", ")
    return try String.fetchOne(
      db,
      sql: """
        SELECT 'its ' || type || ' ' || name || ' is none of this program''s' FROM sqlite_schema
        WHERE tbl_name COLLATE NOCASE IN (\(names)) AND type IN ('trigger', 'view')
        UNION ALL
        SELECT 'the column ' || c.name || ' of its table ' || s.name || ' is computed'
        FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c
        WHERE s.name COLLATE NOCASE IN (\(names)) AND s.type = 'table' AND c.hidden > 0
        """)
  }

  private static let migrations: [Migration] = [
    Migration(name: "create run, score, curve_point, artefact, published and verdict, with their views") { db in
      try db.execute(sql: tables + views)
    },
    .matchedReadingsAndLikelihoods,
    .externalRuns,
    .verdictsOfEveryKind,
    .promotedBaselines,
    .leasesAndParts,
  ]
}

/// A step from one version of the schema to the next; once it is out, neither its name nor what it does changes.
struct Migration: Sendable {
  let name: String
  /// Works with foreign keys off; they are checked when it is done.
  let change: @Sendable (Database) throws -> Void
}

private let finite = "BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308"

private let tables = """
  PRAGMA application_id = \(Schema.applicationID);

  CREATE TABLE run (
    id TEXT NOT NULL PRIMARY KEY,
    experiment TEXT NOT NULL,
    paper TEXT NOT NULL,
    dataset TEXT NOT NULL,
    method TEXT NOT NULL,
    reading TEXT NOT NULL CHECK (reading IN ('paper', 'code')),
    tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
    seed INTEGER NOT NULL,
    configuration TEXT NOT NULL CHECK (json_valid(configuration)),
    configuration_hash TEXT NOT NULL CHECK (length(configuration_hash) = 64),
    status TEXT NOT NULL CHECK (
      status IN ('pending', 'running', 'done', 'failed', 'diverged', 'timed-out', 'interrupted')),
    reason TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    started REAL CHECK (started \(finite)),
    seconds REAL CHECK (seconds \(finite) AND seconds >= 0),
    processor_seconds REAL CHECK (processor_seconds \(finite) AND processor_seconds >= 0),
    peak_memory INTEGER CHECK (peak_memory >= 0),
    weights_hash TEXT CHECK (length(weights_hash) > 0),
    provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)),
    worker TEXT,
    CHECK (experiment = paper || '/' || dataset || '/' || method || iif(reading = 'paper', '', '+' || reading)),
    CHECK ((reason IS NULL) = (status IN ('pending', 'running', 'done'))),
    CHECK (status <> 'done' OR weights_hash IS NOT NULL)
  ) STRICT;
  CREATE INDEX run_by_experiment ON run (experiment, tier, seed);

  CREATE TABLE score (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    value REAL CHECK (value \(finite)),
    standard_error REAL CHECK (standard_error \(finite) AND standard_error >= 0),
    unit TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('lower', 'higher', 'neither')),
    count INTEGER NOT NULL CHECK (count >= 0),
    status TEXT NOT NULL CHECK (status IN ('done', 'failed', 'not-applicable')),
    reason TEXT,
    PRIMARY KEY (run, metric),
    CHECK ((value IS NULL) = (status <> 'done')),
    CHECK (status = 'done' OR reason IS NOT NULL),
    CHECK (value IS NOT NULL OR standard_error IS NULL)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE curve_point (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    iteration INTEGER NOT NULL,
    value REAL NOT NULL CHECK (value \(finite)),
    PRIMARY KEY (run, name, iteration)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE artefact (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('grid', 'points')),
    content BLOB NOT NULL,
    PRIMARY KEY (run, name)
  ) STRICT;

  CREATE TABLE published (
    paper TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    tab TEXT NOT NULL,
    dataset TEXT NOT NULL,
    method TEXT NOT NULL,
    heading TEXT NOT NULL,
    metric TEXT,
    value REAL CHECK (value \(finite)),
    deviation REAL CHECK (deviation \(finite) AND deviation >= 0),
    unit TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (paper, position),
    UNIQUE (paper, tab, dataset, method, heading)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE verdict (
    claim TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
    paper TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    verdict TEXT NOT NULL CHECK (verdict IN ('supported', 'contradicted', 'inconclusive', 'not-run')),
    statistic REAL CHECK (statistic \(finite)),
    p REAL CHECK (p BETWEEN 0 AND 1),
    sign_flip_p REAL CHECK (sign_flip_p BETWEEN 0 AND 1),
    effect REAL CHECK (effect \(finite)),
    low REAL CHECK (low \(finite)),
    high REAL CHECK (high \(finite)),
    account TEXT NOT NULL,
    PRIMARY KEY (claim, tier),
    CHECK ((low IS NULL) = (high IS NULL)),
    CHECK (low <= high)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE verdict_run (
    claim TEXT NOT NULL,
    tier TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    PRIMARY KEY (claim, tier, run),
    FOREIGN KEY (claim, tier) REFERENCES verdict (claim, tier) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  """

/// The public interface for people with SQL; names and order stay as they are.
private let views = """
  CREATE VIEW v_run AS
  SELECT id AS run_id, experiment, paper, dataset, method, reading, tier, seed, status, started, seconds,
    weights_hash, reason
  FROM run;

  CREATE VIEW v_score AS
  SELECT run.id AS run_id, experiment, paper, dataset, method, reading, tier, seed, metric, value, unit,
    score.count AS n, score.status AS status, score.reason AS reason
  FROM score JOIN run ON run.id = score.run;

  CREATE VIEW v_curve AS
  SELECT run AS run_id, iteration, name, value FROM curve_point;

  CREATE VIEW v_published AS
  SELECT paper, tab, dataset, method, heading AS metric, value, deviation AS std, unit, source FROM published;

  CREATE VIEW v_verdict AS
  SELECT claim, paper, tier, verdict, statistic, p, effect, account FROM verdict;
  """
