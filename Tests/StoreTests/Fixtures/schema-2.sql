BEGIN TRANSACTION;
CREATE TABLE artefact (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('grid', 'points')),
  content BLOB NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;
CREATE TABLE curve_point (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  iteration INTEGER NOT NULL,
  value REAL NOT NULL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  PRIMARY KEY (run, name, iteration)
) STRICT, WITHOUT ROWID;
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','kl',1,7.53025174140930196597e-03);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-90,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-70,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-50,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-30,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-10,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage',-1,-3.36647520482414317269e-03);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','loss',1,65.8299267578125);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','reconstruction',1,65.8223974609375);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('create run, score, curve_point, artefact, published and verdict, with their views');
INSERT INTO "grdb_migrations" VALUES('let runs read a matched configuration, name published protocols, and give likelihoods their own settings');
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
  note TEXT NOT NULL, protocol TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (paper, position),
  UNIQUE (paper, tab, dataset, method, heading)
) STRICT, WITHOUT ROWID;
CREATE TABLE "run" (
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
INSERT INTO "run" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','dpvae/two-moons/vae','dpvae','two-moons','vae','paper','smoke',0,'{"dataset":{"augment":false,"name":"two-moons","preprocessing":"none","testLimit":100,"trainLimit":200},"evaluation":{"leakagePosteriors":40,"leakageSamples":40,"likelihoodImages":2,"likelihoodSamples":4,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":40,"sklSamples":40},"likelihood":{"name":"gaussian","settings":{"mseWeight":50}},"method":{"name":"vae","posterior":"gaussian","prior":"standard","settings":{}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.01,"name":"two-moons-mlp"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":500,"epsilon":1e-08,"halveEvery":0,"iterations":1,"learningRate":0.001,"logEvery":1,"secondStage":{"halveEvery":0,"iterations":0},"selection":"last"}}','75775e43bc15ea2819a8445a670d09c88517467808a6618c8521e9a677feaee6','done',NULL,1,1.79524362552240252495e+09,2.63910770416259765625e-01,0.112927,53170176,'26f25fee05a563d65729bc824a0839e9097aff851a8f2bead4c9c8bd3e5aec70','{"code":"0123abc","data":{"two-moons":"957f2d0d35a3550a42b83307ab27c2ce469fa504571e84fa4792225a875ad8e6"},"host":"bench","instructionSet":"avx512","libraries":{"OpenBLAS":"0.3.21","SQLite":"3.40.1","oneDNN":"2.6.3 avx512_core_bf16"},"processor":"a processor","threads":1}',NULL);
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
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','elbo?n=100',-6.40496740612629622546e+01,5.95985287322128609588e+00,'nats per image','higher',100,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','fd-lp/points?n=40&ref=train',1.00580120204894685187e+00,1.72163726786722162676e-02,'squared distance','lower',40,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','fd-rec/points?n=40&ref=train',1.17821910509041338777e+00,1.84076569144524804233e-02,'squared distance','lower',40,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','fd/points?n=40&ref=train',1.14335478789631506124e+00,1.94682065531029679927e-02,'squared distance','lower',40,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','kl?n=100',9.22883833300131711796e-03,3.33508756036073582013e-04,'nats per image','neither',100,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-1',-3.36647520482414317269e-03,1.98534057136022165646e-02,'nats','lower',40,'done','40 of 40 draws are below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-10',0.0,NULL,'nats','lower',0,'done','none of 40 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-30',0.0,NULL,'nats','lower',0,'done','none of 40 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-50',0.0,NULL,'nats','lower',0,'done','none of 40 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-70',0.0,NULL,'nats','lower',0,'done','none of 40 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','leakage?n=40&posteriors=40&t=-90',0.0,NULL,'nats','lower',0,'done','none of 40 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','mse?n=100',6.68077386032939535276e-01,5.96001943753244473045e-02,'squared intensity per pixel','lower',100,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','nll/importance?images=2&samples=4',6.05065747489265817185e+01,2.17058012783449392211e+01,'nats per image','lower',2,'done','on 2 of 2 items the weights amount to fewer than 10 samples');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','reconstruction?n=100',6.40404452229300176231e+01,5.96001946920886,'nats per image','lower',100,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','skl/knn?n=40&space=z',-6.83511844723578176896e-01,NULL,'nats','lower',40,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','skl/knn?n=40&space=z0',-6.83511844723578176896e-01,NULL,'nats','lower',40,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-75775e43bc15','skl/mc?n=40&posteriors=100&space=z',-1.09823943625744040175e-02,2.67699062823469231819e-02,'nats','lower',40,'done',NULL);
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
CREATE TABLE verdict_run (
  claim TEXT NOT NULL,
  tier TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  PRIMARY KEY (claim, tier, run),
  FOREIGN KEY (claim, tier) REFERENCES verdict (claim, tier) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE VIEW v_curve AS
SELECT run AS run_id, iteration, name, value FROM curve_point;
CREATE VIEW v_verdict AS
SELECT claim, paper, tier, verdict, statistic, p, effect, account FROM verdict;
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
COMMIT;
PRAGMA user_version = 2;
PRAGMA application_id = 1095979865;
