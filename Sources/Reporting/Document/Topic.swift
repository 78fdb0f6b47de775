package import Experiments

/// What a row, a column or a figure is about, by which a reader can narrow a page down.
///
/// A reader who asks for some datasets still sees what is about no dataset in particular: an empty list rules nothing out.
package struct Topic: Hashable, Sendable {
  package let datasets: [String]
  package let methods: [String]
  package let readings: [Reading]
  package let tiers: [Tier]

  package init(datasets: [String] = [], methods: [String] = [], readings: [Reading] = [], tiers: [Tier] = []) {
    (self.datasets, self.methods, self.readings, self.tiers) = (datasets, methods, readings, tiers)
  }

  /// About these experiments, e.g. those that a claim compares.
  package init(_ experiments: ExperimentID..., tier: Tier? = nil) { self.init(experiments, tier: tier) }

  package init(_ experiments: [ExperimentID], tier: Tier? = nil) {
    datasets = experiments.map(\.dataset).withoutRepetition
    methods = experiments.map(\.method).withoutRepetition
    readings = experiments.map(\.reading).withoutRepetition
    tiers = tier.map { [$0] } ?? []
  }

  /// About nothing in particular.
  package static let general = Topic(datasets: [])
}

extension Topic {
  /// About what a claim is about.
  package init(_ claim: Claim) {
    switch claim.assertion {
    case .ordering(let better, let worse, _): self.init(better, worse)
    case .ranking(let experiments, _), .monotone(let experiments, _, _): self.init(experiments)
    case .equality(let one, let other, _, _): self.init(one, other)
    case .value(let published, _, _): self.init(datasets: [published.dataset], methods: [published.method])
    }
  }
}
