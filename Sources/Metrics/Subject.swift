package import Datasets
import Distributions
package import Experiments
package import Methods

/// What is measured: a trained model with the data, the configuration and the seed it was trained from.
package struct Subject {
  package let model: any LatentVariableModel
  package let dataset: Dataset
  package let configuration: Configuration
  /// The run's seed; every metric draws from streams of its own below it.
  package let seed: UInt64

  package init(model: any LatentVariableModel, dataset: Dataset, configuration: Configuration, seed: UInt64) {
    self.model = model
    self.dataset = dataset
    self.configuration = configuration
    self.seed = seed
  }

  var settings: EvaluationSettings { configuration.evaluation }

  /// Whether a posterior's divergence from the prior has a closed form.
  var hasClosedRate: Bool { configuration.method.prior == .standard && configuration.method.posterior == .gaussian }

  /// Whether posteriors have densities; those of a deterministic encoder are points.
  var hasDensities: Bool { configuration.method.posterior != .deterministic }

  /// - Throws: `MetricError.notApplicable` where posteriors are points.
  func needDensities() throws(MetricError) {
    if !hasDensities { throw .notApplicable("the encoder is deterministic, so that codes have no density") }
  }

  /// - Throws: `MetricError.notApplicable` where what is generated from has no density in closed form.
  func needGivenPrior() throws(MetricError) {
    if configuration.training.secondStage.iterations > 0 {
      throw .notApplicable("what a second stage generates has no density in closed form")
    }
  }

  /// A remark on numbers that contain log p(x|z) where that is the logarithm of no likelihood.
  var likelihoodRemark: String? {
    let card = LikelihoodCatalog.all.first { $0.card.name == configuration.likelihood.name }?.card
    guard let card, card.measure == .pseudo else { return nil }
    return "of a pseudo-likelihood (\(card.title)), which does not add up to one over images: no −log p(x)"
  }

  /// Whether items are images `[channels, height, width]`, with values from 0 to 1, rather than points.
  var hasImages: Bool { dataset.card.itemShape.count == 3 }
}
