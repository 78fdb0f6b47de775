package import Experiments

/// What is known of a paper at one tier: the input of every report section and table.
package struct Findings: Sendable {
  package let paper: Paper
  package let tier: Tier
  /// The runs at that tier, by experiment and then seed; a run that is missing, failed or diverged is among them.
  package let records: [RunRecord]
  /// Runs at that tier whose settings are not those of the paper's file (`--set`, or an older file); no number here
  /// rests on them.
  package let altered: [RunRecord]
  /// The other tiers at which an experiment has runs that were begun.
  package let otherTiers: [ExperimentID: [Tier]]
  /// One for each claim of the paper, in the paper's order.
  package fileprivate(set) var verdicts: [Verdict]

  package init(
    paper: Paper, tier: Tier, records: [RunRecord], altered: [RunRecord] = [],
    otherTiers: [ExperimentID: [Tier]] = [:], verdicts: [Verdict]
  ) {
    self.paper = paper
    self.tier = tier
    self.records = records
    self.altered = altered
    self.otherTiers = otherTiers
    self.verdicts = verdicts
  }

  /// The experiment's values on the metric that the pattern names, over the seeds it was registered with.
  package func estimate(of experiment: ExperimentID, metric: MetricID) -> Estimate {
    Estimate(of: metric, records: records.filter { $0.run.experiment == experiment })
  }

  package func experiment(_ id: ExperimentID) -> Experiment? { paper.experiments.first { $0.id == id } }
}

/// Gathers what the store holds of a paper at a tier and decides its claims, with Holm's correction over all of them.
///
/// A number enters only if its run's settings are those of the paper's file at that tier; the rest is kept apart as
/// altered. Seeds, where given, leave the others out. `runs` are those of all tiers, where the records are of one only.
package func compare(
  paper: Paper, records: [RunRecord], runs: [Run]? = nil, tier: Tier, seeds: [Int]? = nil
) -> Findings {
  let hashes = Dictionary(
    paper.experiments.map { ($0.id, $0.configurations[tier]?.hash) }, uniquingKeysWith: { first, _ in first })
  let own = records.filter {
    $0.run.experiment.paper == paper.name && $0.run.tier == tier && seeds?.contains($0.run.seed) != false
  }
  .sorted { ($0.run.experiment, $0.run.seed, $0.run.id) < ($1.run.experiment, $1.run.seed, $1.run.id) }
  let like = own.filter { hashes[$0.run.experiment] == $0.run.configurationHash }
  let altered = own.filter { hashes[$0.run.experiment] != $0.run.configurationHash }
  let others = (runs ?? records.map(\.run)).filter { $0.tier != tier && $0.status != .pending }
  var findings = Findings(
    paper: paper, tier: tier, records: like, altered: altered,
    otherTiers: Dictionary(grouping: others, by: \.experiment).mapValues { Set($0.map(\.tier)).sorted() },
    verdicts: [])
  findings.verdicts = paper.claims.map { decide($0, in: findings, seeds: seeds) }.corrected
  return findings
}
