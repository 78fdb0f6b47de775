BEGIN TRANSACTION;
CREATE TABLE artefact (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('grid', 'points')),
  content BLOB NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;
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
CREATE TABLE curve_point (
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  iteration INTEGER NOT NULL,
  value REAL NOT NULL CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  PRIMARY KEY (run, name, iteration)
) STRICT, WITHOUT ROWID;
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','kl',1,7.44605123996734587915e-03);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-90,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-70,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-50,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-30,0.0);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-10,5.14119056256507889202e-01);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage',-1,9.13159671041696881232e-03);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','loss',1,68.0696826171875);
INSERT INTO "curve_point" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','reconstruction',1,68.062236328125);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('create run, score, curve_point, artefact, published and verdict, with their views');
INSERT INTO "grdb_migrations" VALUES('let runs read a matched configuration, name published protocols, and give likelihoods their own settings');
INSERT INTO "grdb_migrations" VALUES('let done runs be external, without weights, and have views tell them');
INSERT INTO "grdb_migrations" VALUES('let verdicts be not comparable, and keep Holm''s p, standardised effects and bootstrap intervals');
INSERT INTO "grdb_migrations" VALUES('keep promoted scores, by which later runs are judged');
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
  CHECK (status <> 'done' OR (weights_hash IS NULL) = (json_extract(provenance, '$.external') IS NOT NULL))
) STRICT;
INSERT INTO "run" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','dpvae/two-moons/vae','dpvae','two-moons','vae','paper','smoke',0,'{"dataset":{"augment":false,"name":"two-moons","preprocessing":"none","testLimit":0,"trainLimit":0},"evaluation":{"leakagePosteriors":200,"leakageSamples":1000,"likelihoodImages":50,"likelihoodSamples":200,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":1000},"likelihood":{"name":"gaussian","settings":{"mseWeight":50}},"method":{"name":"vae","posterior":"gaussian","prior":"standard","settings":{}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.01,"name":"two-moons-mlp"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":500,"epsilon":1e-08,"halveEvery":0,"iterations":1,"learningRate":0.001,"logEvery":1,"secondStage":{"halveEvery":0,"iterations":0},"selection":"last"}}','2c81e404e840a79d5292bd711cd503ff8c321928c48fe0b9fef7137f88c40605','done',NULL,1,1.79525311740510058406e+09,1.92049074172973632812e+00,0.192733,57114624,'2f512fe82f55e10897eac76428fb1b49be6e7b2fcae87f964996eff8a2eaa4b3','{"code":"3479546aac5d35c717d8da6c5eac2814a6dda33e","data":{"two-moons":"5d33057dfd282e41f079b985cba4ee60d06a561d82c02eb198bb64be672d0996"},"host":"bench","instructionSet":"avx512","libraries":{"OpenBLAS":"0.3.21","SQLite":"3.40.1","oneDNN":"2.6.3 avx512_core_bf16"},"processor":"a processor","threads":1}',NULL);
INSERT INTO "run" VALUES('dpvae/two-moons/vae@smoke#1-b9b26b1a63a3','dpvae/two-moons/vae','dpvae','two-moons','vae','paper','smoke',1,'{"dataset":{"augment":false,"name":"two-moons","preprocessing":"none","testLimit":0,"trainLimit":0},"evaluation":{"leakagePosteriors":200,"leakageSamples":1000,"likelihoodImages":50,"likelihoodSamples":200,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":1000},"likelihood":{"name":"gaussian","settings":{"mseWeight":50}},"method":{"name":"vae","posterior":"gaussian","prior":"standard","settings":{}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.01,"name":"two-moons-mlp"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":500,"epsilon":1e-08,"halveEvery":0,"iterations":1000000,"learningRate":0.001,"logEvery":50,"secondStage":{"halveEvery":0,"iterations":0},"selection":"last"}}','b9b26b1a63a3128c58a1dbd5ac6c5f181bc131dcdf93e960449500047ab70387','interrupted','Interrupted by the user.',1,1.79525312372985982895e+09,NULL,NULL,NULL,NULL,'{"code":"3479546aac5d35c717d8da6c5eac2814a6dda33e","data":{"two-moons":"5d33057dfd282e41f079b985cba4ee60d06a561d82c02eb198bb64be672d0996"},"host":"bench","instructionSet":"avx512","libraries":{"OpenBLAS":"0.3.21","SQLite":"3.40.1","oneDNN":"2.6.3 avx512_core_bf16"},"processor":"a processor","threads":1}',NULL);
INSERT INTO "run" VALUES('dpvae/two-moons/vae@smoke#2-b9b26b1a63a3','dpvae/two-moons/vae','dpvae','two-moons','vae','paper','smoke',2,'{"dataset":{"augment":false,"name":"two-moons","preprocessing":"none","testLimit":0,"trainLimit":0},"evaluation":{"leakagePosteriors":200,"leakageSamples":1000,"likelihoodImages":50,"likelihoodSamples":200,"lowPosteriorDensity":"exact","lowPosteriorDraws":500,"lowPosteriorKept":100,"samples":500,"sklSamples":1000},"likelihood":{"name":"gaussian","settings":{"mseWeight":50}},"method":{"name":"vae","posterior":"gaussian","prior":"standard","settings":{}},"network":{"couplingBlocks":6,"latents":2,"leakySlope":0.01,"name":"two-moons-mlp"},"training":{"batch":100,"beta1":0.9,"beta2":0.999,"checkpointEvery":500,"epsilon":1e-08,"halveEvery":0,"iterations":1000000,"learningRate":0.001,"logEvery":50,"secondStage":{"halveEvery":0,"iterations":0},"selection":"last"}}','b9b26b1a63a3128c58a1dbd5ac6c5f181bc131dcdf93e960449500047ab70387','running',NULL,1,1.79525313184018182758e+09,NULL,NULL,NULL,NULL,'{"code":"3479546aac5d35c717d8da6c5eac2814a6dda33e","data":{"two-moons":"5d33057dfd282e41f079b985cba4ee60d06a561d82c02eb198bb64be672d0996"},"host":"bench","instructionSet":"avx512","libraries":{"OpenBLAS":"0.3.21","SQLite":"3.40.1","oneDNN":"2.6.3 avx512_core_bf16"},"processor":"a processor","threads":1}','5859 on elsewhere, born 3447679, boot 5fcb3d90-98c0-46ac-b8b8-132a91c4f695');
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
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','elbo?n=200',-5.9057129580818333637e+01,3.67133408343969724896e+00,'nats per image','higher',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','fd-lp/points?n=500&ref=train',9.73113437714222651031e-01,5.08846028632081379128e-03,'squared distance','lower',500,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','fd-rec/points?n=200&ref=train',1.16284609331337818183e+00,9.2626655249361082578e-03,'squared distance','lower',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','fd/points?n=500&ref=train',1.07922610300032184582e+00,4.92193708451604816644e-03,'squared distance','lower',500,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','kl?n=200',9.42217360376235678331e-03,2.29566754607335416589e-04,'nats per image','neither',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-1',9.13159671041696881232e-03,3.89825861272223746223e-03,'nats','lower',1000,'done','1000 of 1000 draws are below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-10',5.14119056256507889202e-01,NULL,'nats','lower',1,'done','1 of 1000 draws are below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-30',0.0,NULL,'nats','lower',0,'done','none of 1000 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-50',0.0,NULL,'nats','lower',0,'done','none of 1000 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-70',0.0,NULL,'nats','lower',0,'done','none of 1000 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','leakage?n=1000&posteriors=200&t=-90',0.0,NULL,'nats','lower',0,'done','none of 1000 draws is below t');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','mse?n=200',6.18150006012583630443e-01,3.67142681444313362382e-02,'squared intensity per pixel','lower',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','nll/importance?images=50&samples=200',4.75192938617635078895e+01,6.41670742870359767096e+00,'nats per image','lower',50,'done','on 41 of 50 items the weights amount to fewer than 10 samples');
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','reconstruction?n=200',5.90477074072144461061e+01,3.67142678996940530211e+00,'nats per image','lower',200,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','skl/knn?n=1000&space=z',-3.87311292343023860773e-02,NULL,'nats','lower',1000,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','skl/knn?n=1000&space=z0',-3.87311292343023860773e-02,NULL,'nats','lower',1000,'done',NULL);
INSERT INTO "score" VALUES('dpvae/two-moons/vae@smoke#0-2c81e404e840','skl/mc?n=1000&posteriors=200&space=z',2.07863508614354181025e-02,5.42268859464160261213e-03,'nats','lower',1000,'done',NULL);
CREATE TABLE "verdict" (
  claim TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('smoke', 'nightly', 'paper')),
  paper TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  verdict TEXT NOT NULL CHECK (
    verdict IN ('supported', 'contradicted', 'inconclusive', 'not-comparable', 'not-run')),
  statistic REAL CHECK (statistic BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  p REAL CHECK (p BETWEEN 0 AND 1),
  sign_flip_p REAL CHECK (sign_flip_p BETWEEN 0 AND 1),
  adjusted_p REAL CHECK (adjusted_p BETWEEN 0 AND 1),
  effect REAL CHECK (effect BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  standardized_effect REAL CHECK (standardized_effect BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  low REAL CHECK (low BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  high REAL CHECK (high BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  bootstrap_low REAL CHECK (bootstrap_low BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  bootstrap_high REAL CHECK (bootstrap_high BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  account TEXT NOT NULL,
  PRIMARY KEY (claim, tier),
  CHECK ((low IS NULL) = (high IS NULL)),
  CHECK (low <= high),
  CHECK ((bootstrap_low IS NULL) = (bootstrap_high IS NULL)),
  CHECK (bootstrap_low <= bootstrap_high)
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
CREATE VIEW v_published AS
SELECT paper, tab, dataset, method, heading AS metric, value, deviation AS std, unit, source, protocol
FROM published;
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
CREATE VIEW v_verdict AS
SELECT claim, paper, tier, verdict, statistic, p, effect, account, adjusted_p, sign_flip_p, standardized_effect, low,
  high, bootstrap_low, bootstrap_high
FROM verdict;
CREATE VIEW v_baseline AS
SELECT name AS baseline, promoted, experiment, tier, seed, metric, value, weights_hash, code
FROM baseline_score JOIN baseline ON baseline.name = baseline_score.baseline;
COMMIT;
PRAGMA user_version = 5;
PRAGMA application_id = 1095979865;
