package import Experiments

/// An experiment with the resolved configuration of each tier and the source of every value in it.
package struct ResolvedExperiment: Encodable, Sendable {
  package let experiment: ExperimentID
  package let title: String
  package let metrics: [MetricID]
  package let departures: [String]
  /// By tier.
  package let tiers: [String: Settings]

  package struct Settings: Encodable, Sendable {
    package let configuration: Configuration
    /// By dotted key: where the value stands in the paper's file, and what is said there of its source.
    package let sources: [String: String]
    /// Estimated processor time of the training on this machine, in seconds; `nil` where none was asked for.
    package let trainingSeconds: Double?
  }
}

extension PaperCatalog {
  /// The experiments with all that decides what they compute.
  /// - Parameter estimate: the seconds that a training with a configuration takes, where they are asked for.
  package func resolved(
    _ experiments: [Experiment], estimate: (Configuration) throws -> Double? = { _ in nil }
  ) rethrows -> [ResolvedExperiment] {
    try experiments.map { experiment in
      var tiers: [String: ResolvedExperiment.Settings] = [:]
      for (tier, configuration) in experiment.configurations {
        tiers[tier.rawValue] = ResolvedExperiment.Settings(
          configuration: configuration, sources: sources(of: experiment.id, tier: tier),
          trainingSeconds: try estimate(configuration))
      }
      return ResolvedExperiment(
        experiment: experiment.id, title: experiment.title, metrics: experiment.metrics,
        departures: experiment.departures, tiers: tiers)
    }
  }

  /// Where each value of an experiment's configuration at a tier comes from, e.g.
  /// `Baselines/dpvae/paper.yaml line 61: text, section 5`, by dotted key; empty for an experiment that is not of a file.
  package func sources(of id: ExperimentID, tier: Tier) -> [String: String] {
    guard let (file, origin) = files[id.paper] else { return [:] }
    let leaves = file.settings(of: id, tier: tier, origin: origin).leaves
    return Dictionary(
      leaves.map { path, leaf in (path, leaf.origin + (leaf.note.map { ": \($0)" } ?? "")) }
    ) { _, last in last }
  }
}
