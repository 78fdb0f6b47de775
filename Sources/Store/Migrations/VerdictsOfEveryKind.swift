import GRDB

extension Migration {
  /// Schema 4: verdicts that are not comparable, with Holm's p, the standardised effect and the bootstrap interval.
  static let verdictsOfEveryKind = Migration(
    name: "let verdicts be not comparable, and keep Holm's p, standardised effects and bootstrap intervals"
  ) { db in
    try db.execute(sql: "DROP VIEW v_verdict")
    try db.execute(sql: table)
    try db.execute(
      sql: """
        INSERT INTO verdict_4
        SELECT claim, tier, paper, position, verdict, statistic, p, sign_flip_p, NULL, effect, NULL, low, high, NULL, NULL,
          account
        FROM verdict;
        DROP TABLE verdict;
        ALTER TABLE verdict_4 RENAME TO verdict
        """)
    try db.execute(sql: view)
  }
}

private let finite = "BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308"

private let table = """
  CREATE TABLE verdict_4 (
    claim TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
    paper TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    verdict TEXT NOT NULL CHECK (
      verdict IN ('supported', 'contradicted', 'inconclusive', 'not-comparable', 'not-run')),
    statistic REAL CHECK (statistic \(finite)),
    p REAL CHECK (p BETWEEN 0 AND 1),
    sign_flip_p REAL CHECK (sign_flip_p BETWEEN 0 AND 1),
    adjusted_p REAL CHECK (adjusted_p BETWEEN 0 AND 1),
    effect REAL CHECK (effect \(finite)),
    standardized_effect REAL CHECK (standardized_effect \(finite)),
    low REAL CHECK (low \(finite)),
    high REAL CHECK (high \(finite)),
    bootstrap_low REAL CHECK (bootstrap_low \(finite)),
    bootstrap_high REAL CHECK (bootstrap_high \(finite)),
    account TEXT NOT NULL,
    PRIMARY KEY (claim, tier),
    CHECK ((low IS NULL) = (high IS NULL)),
    CHECK (low <= high),
    CHECK ((bootstrap_low IS NULL) = (bootstrap_high IS NULL)),
    CHECK (bootstrap_low <= bootstrap_high)
  ) STRICT, WITHOUT ROWID;
  """

private let view = """
  CREATE VIEW v_verdict AS
  SELECT claim, paper, tier, verdict, statistic, p, effect, account, adjusted_p, sign_flip_p, standardized_effect, low,
    high, bootstrap_low, bootstrap_high
  FROM verdict;
  """
