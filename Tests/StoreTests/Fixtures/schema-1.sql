BEGIN TRANSACTION;
CREATE TABLE artefact (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('grid', 'points')),
  content BLOB NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;
INSERT INTO "artefact" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','latents','points',X'09000000706F73746572696F72020000000000C03F000010C0DA0F49406042A20D130000006C6F772D706F73746572696F7220C2B720CEB600000000');
INSERT INTO "artefact" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','samples','grid',X'0200000003000000020000000300000000070E151C232A31383F464D545B626970777E858C939AA1A8AFB6BDC4CBD2D9E0E7EEF5');
INSERT INTO "artefact" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','latents','points',X'09000000706F73746572696F72020000000000C03F000010C0DA0F49406042A20D130000006C6F772D706F73746572696F7220C2B720CEB600000000');
INSERT INTO "artefact" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','samples','grid',X'0200000003000000020000000300000000070E151C232A31383F464D545B626970777E858C939AA1A8AFB6BDC4CBD2D9E0E7EEF5');
CREATE TABLE curve_point (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  iteration INTEGER NOT NULL,
  value REAL NOT NULL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  PRIMARY KEY (run, name, iteration)
) STRICT, WITHOUT ROWID;
INSERT INTO "curve_point" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','kl',10,0.5);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','loss',-70,1.0e-300);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','loss',20,3.25);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','kl',10,0.5);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','loss',-70,1.0e-300);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','loss',20,3.25);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('create run, score, curve_point, artefact, published and verdict, with their views');
CREATE TABLE published (
  paper TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  tab TEXT NOT NULL,
  dataset TEXT NOT NULL,
  method TEXT NOT NULL,
  heading TEXT NOT NULL,
  metric TEXT,
  value REAL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  deviation REAL CHECK (deviation BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 AND deviation >= 0),
  unit TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (paper, position),
  UNIQUE (paper, tab, dataset, method, heading)
) STRICT, WITHOUT ROWID;
INSERT INTO "published" VALUES('dpvae',0,'Table 1','mnist','vae','sKL','skl/knn?space=z0',1.26,NULL,'nats','Table 1','');
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
  started REAL CHECK (started BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  seconds REAL CHECK (seconds BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 AND seconds >= 0),
  processor_seconds REAL CHECK (processor_seconds BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 AND processor_seconds >= 0),
  peak_memory INTEGER CHECK (peak_memory >= 0),
  weights_hash TEXT CHECK (length(weights_hash) > 0),
  provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)),
  worker TEXT,
  CHECK (experiment = paper || '/' || dataset || '/' || method || iif(reading = 'paper', '', '+' || reading)),
  CHECK ((reason IS NULL) = (status IN ('pending', 'running', 'done'))),
  CHECK (status <> 'done' OR weights_hash IS NOT NULL)
) STRICT;
INSERT INTO "run" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','dpvae/two-moons/vae','dpvae','two-moons','vae','paper','smoke',0,'{"dataset":{"augment":false,"name":"two-moons","testLimit":200,"trainLimit":1000},"evaluation":{"leakagePosteriors":400,"leakageSamples":300,"likelihoodImages":20,"likelihoodSamples":50,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":600},"method":{"mseWeight":0.1,"name":"vae","prior":"standard","settings":{"beta":8,"gamma":0.3}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.2,"name":"dpvae-two-moons"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":50,"epsilon":1e-08,"iterations":300,"learningRate":0.001,"logEvery":10,"selection":"last"}}','b07d913492978d8abfa2a42a34db4311098b06141f219fe74f194a1c33837791','done',NULL,1,1000.0,12.5,12.25,300000000,'5ca1ab1e','{"code":"0123abc+","data":{"two-moons":"ab12"},"host":"bench","instructionSet":"avx512","libraries":{"oneDNN":"2.6.3"},"processor":"a processor","threads":1}',NULL);
INSERT INTO "run" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','dpvae/two-moons/dpvae+code','dpvae','two-moons','dpvae','code','smoke',1,'{"dataset":{"augment":false,"name":"two-moons","testLimit":200,"trainLimit":1000},"evaluation":{"leakagePosteriors":400,"leakageSamples":300,"likelihoodImages":20,"likelihoodSamples":50,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":600},"method":{"mseWeight":0.1,"name":"vae","prior":"standard","settings":{"beta":8,"gamma":0.3}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.2,"name":"dpvae-two-moons"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":50,"epsilon":1e-08,"iterations":300,"learningRate":0.001,"logEvery":10,"selection":"last"}}','b07d913492978d8abfa2a42a34db4311098b06141f219fe74f194a1c33837791','done',NULL,1,1000.0,12.5,12.25,300000000,'5ca1ab1e','{"code":"0123abc+","data":{"two-moons":"ab12"},"host":"bench","instructionSet":"avx512","libraries":{"oneDNN":"2.6.3"},"processor":"a processor","threads":1}',NULL);
INSERT INTO "run" VALUES('dpvae/mnist/vae@nightly#2-b07d91349297','dpvae/mnist/vae','dpvae','mnist','vae','paper','nightly',2,'{"dataset":{"augment":false,"name":"two-moons","testLimit":200,"trainLimit":1000},"evaluation":{"leakagePosteriors":400,"leakageSamples":300,"likelihoodImages":20,"likelihoodSamples":50,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":600},"method":{"mseWeight":0.1,"name":"vae","prior":"standard","settings":{"beta":8,"gamma":0.3}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.2,"name":"dpvae-two-moons"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":50,"epsilon":1e-08,"iterations":300,"learningRate":0.001,"logEvery":10,"selection":"last"}}','b07d913492978d8abfa2a42a34db4311098b06141f219fe74f194a1c33837791','diverged','the loss is not finite at iteration 7',1,2000.0,3.0,NULL,NULL,NULL,'{"code":"0123abc+","data":{"two-moons":"ab12"},"host":"bench","instructionSet":"avx512","libraries":{"oneDNN":"2.6.3"},"processor":"a processor","threads":1}',NULL);
INSERT INTO "run" VALUES('dpvae/mnist/dpvae@paper#3-b07d91349297','dpvae/mnist/dpvae','dpvae','mnist','dpvae','paper','paper',3,'{"dataset":{"augment":false,"name":"two-moons","testLimit":200,"trainLimit":1000},"evaluation":{"leakagePosteriors":400,"leakageSamples":300,"likelihoodImages":20,"likelihoodSamples":50,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":600},"method":{"mseWeight":0.1,"name":"vae","prior":"standard","settings":{"beta":8,"gamma":0.3}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.2,"name":"dpvae-two-moons"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":50,"epsilon":1e-08,"iterations":300,"learningRate":0.001,"logEvery":10,"selection":"last"}}','b07d913492978d8abfa2a42a34db4311098b06141f219fe74f194a1c33837791','pending',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE score (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  metric TEXT NOT NULL,
  value REAL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  standard_error REAL CHECK (standard_error BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 AND standard_error >= 0),
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
INSERT INTO "score" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','elbo',-12.5,NULL,'nats','higher',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','fd/random-conv',NULL,NULL,'','lower',0,'not-applicable','the data are points, not images');
INSERT INTO "score" VALUES('dpvae/two-moons/dpvae+code@smoke#1-b07d91349297','nll/importance?images=20&samples=50',3.00000000000000044408e-01,0.01,'nats','lower',20,'done','of 20 images');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','elbo',-12.5,NULL,'nats','higher',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','fd/random-conv',NULL,NULL,'','lower',0,'not-applicable','the data are points, not images');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-b07d91349297','nll/importance?images=20&samples=50',3.00000000000000044408e-01,0.01,'nats','lower',20,'done','of 20 images');
CREATE TABLE verdict (
  claim TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
  paper TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  verdict TEXT NOT NULL CHECK (verdict IN ('supported', 'contradicted', 'inconclusive', 'not-run')),
  statistic REAL CHECK (statistic BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  p REAL CHECK (p BETWEEN 0 AND 1),
  sign_flip_p REAL CHECK (sign_flip_p BETWEEN 0 AND 1),
  effect REAL CHECK (effect BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  low REAL CHECK (low BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  high REAL CHECK (high BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  account TEXT NOT NULL,
  PRIMARY KEY (claim, tier),
  CHECK ((low IS NULL) = (high IS NULL)),
  CHECK (low <= high)
) STRICT, WITHOUT ROWID;
INSERT INTO "verdict" VALUES('dpvae/two-moons/skl-lower','smoke','dpvae',0,'inconclusive',NULL,NULL,NULL,0.5,NULL,NULL,'Too few seeds.');
CREATE TABLE verdict_run (
  claim TEXT NOT NULL,
  tier TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  PRIMARY KEY (claim, tier, run),
  FOREIGN KEY (claim, tier) REFERENCES verdict (claim, tier) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "verdict_run" VALUES('dpvae/two-moons/skl-lower','smoke','dpvae/two-moons/dpvae+code@smoke#1-b07d91349297');
INSERT INTO "verdict_run" VALUES('dpvae/two-moons/skl-lower','smoke','dpvae/two-moons/vae@smoke#0-b07d91349297');
CREATE INDEX run_by_experiment ON run (experiment, tier, seed);
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
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1095979865;
