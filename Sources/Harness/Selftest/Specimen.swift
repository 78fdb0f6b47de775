package import Datasets
import Execution
package import Experiments
import Foundation
package import Methods
package import Tensors
package import Training

/// A method under a prior, in a configuration that is trained while one waits: dpVAE's network for 28×28 images, 2,000
/// images that the program draws itself, 300 iterations.
package final class Specimen {
  package let method: any Method
  package let configuration: Configuration
  package let dataset: Dataset
  package let executor: any Executor = CPUExecutor()
  private var training: Result<TrainedModel, any Error>?

  package init(_ method: any Method, _ configuration: Configuration, _ dataset: Dataset) {
    self.method = method
    self.configuration = configuration
    self.dataset = dataset
  }

  package var card: MethodCard { Swift.type(of: method).card }

  /// The kind of its prior, or of its posterior's flow.
  package var priorName: String {
    configuration.method.posterior == .planar ? "planar flow" : configuration.method.prior.rawValue
  }

  /// Its model after the training, which is done once.
  /// - Throws: `TrainingError`, `SettingsError` and what compiling throws.
  package func trained() throws -> TrainedModel {
    let result =
      training ?? Result { try train(configuration, seed: 0, on: dataset, executor: executor, progress: { _ in }) }
    training = result
    return try result.get()
  }

  /// The first test items, as rows.
  package func testItems(_ count: Int) -> Matrix { dataset.test.matrix(0..<count) }
}

extension Specimen {
  /// Every method under the standard and the decoupled prior, and the VAE under all there are.
  /// - Parameter name: the one method to look at; all if `nil`.
  /// - Throws: `SettingsError.unknownMethod`.
  package static func all(of name: String?) throws -> [Specimen] {
    let dataset = try DatasetCatalog.load(
      "glyphs", settings: DatasetSettings(name: "glyphs", trainLimit: 2000, testLimit: 200, augment: false),
      from: DataFolder(path: "."))
    let types = try name.map { [try type(named: $0)] } ?? MethodCatalog.all
    return try types.flatMap { type in
      try kinds(of: type).map { prior, posterior in
        var configuration = try JSONDecoder().decode(Configuration.self, from: Data(base.utf8))
        let settings = type.card.settings.map { ($0.name, $0.typical) }
        configuration.method.name = type.card.name
        configuration.method.prior = prior
        configuration.method.posterior = posterior
        configuration.method.settings = Dictionary(uniqueKeysWithValues: settings)
        return Specimen(try MethodCatalog.method(configuration.method), configuration, dataset)
      }
    }
  }

  private static func type(named name: String) throws(SettingsError) -> any Method.Type {
    guard let type = MethodCatalog.all.first(where: { $0.card.name == name }) else {
      throw .unknownMethod(name, known: MethodCatalog.all.map { $0.card.name })
    }
    return type
  }

  private static func kinds(of type: any Method.Type) -> [(MethodSettings.Prior, MethodSettings.Posterior)] {
    if type is VAE.Type {
      return [(.standard, .gaussian), (.decoupled, .gaussian), (.hierarchical, .gaussian), (.standard, .planar)]
    }
    let posterior = type.card.posteriors[0]
    return [(.standard, posterior), (.decoupled, posterior)]
  }

  /// What all specimens share, in the form in which a store keeps configurations.
  private static let base = """
    {
      "dataset": {"name": "glyphs", "preprocessing": "none", "trainLimit": 2000, "testLimit": 200, "augment": false},
      "method": {"name": "vae", "prior": "standard", "posterior": "gaussian", "settings": {}},
      "likelihood": {"name": "gaussian", "settings": {"mseWeight": 1}},
      "network": {"name": "dpvae-mnist", "latents": 6, "leakySlope": 0.01, "couplingBlocks": 6},
      "training": {
        "iterations": 300, "batch": 32, "learningRate": 0.001, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
        "epsilon": 1e-8, "selection": "last", "checkpointEvery": 300, "logEvery": 50,
        "secondStage": {"iterations": 0, "halveEvery": 0}
      },
      "evaluation": {
        "samples": 0, "lowPosteriorDraws": 0, "lowPosteriorKept": 0, "sklSamples": 0, "leakageSamples": 0,
        "leakagePosteriors": 0, "likelihoodImages": 0, "likelihoodSamples": 0, "lowPosteriorDensity": "exact"
      }
    }
    """
}
