package import Datasets
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

  /// Whether items are images `[channels, height, width]`, with values from 0 to 1, rather than points.
  var hasImages: Bool { dataset.card.itemShape.count == 3 }
}
