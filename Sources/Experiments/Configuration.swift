/// Every number that decides what a run computes, besides its seed; written down with each run.
///
/// Keys are those of the papers' YAML files and of `--set`, e.g. `training.iterations` or `network.latents`. There are no
/// defaults in code: a configuration names each one.
package struct Configuration: Codable, Hashable, Sendable {
  package var dataset: DatasetSettings
  package var method: MethodSettings
  package var likelihood: LikelihoodSettings
  package var network: NetworkSettings
  package var training: TrainingSettings
  package var evaluation: EvaluationSettings
}

/// Which items are trained and measured on.
package struct DatasetSettings: Codable, Hashable, Sendable {
  package var name: String
  /// What is done to each image before anything else sees it: `none`, or a step of the catalog, e.g. `jpeg-75`.
  package var preprocessing: String
  /// The first so many training and test items are used; 0 means all.
  package var trainLimit: Int
  package var testLimit: Int
  /// Whether training images are jittered and warped as dpVAE's code does (switch `augmentTrain`).
  package var augment: Bool

  package init(name: String, preprocessing: String = "none", trainLimit: Int, testLimit: Int, augment: Bool) {
    self.name = name
    self.preprocessing = preprocessing
    self.trainLimit = trainLimit
    self.testLimit = testLimit
    self.augment = augment
  }
}

/// The objective: how the parts of a batch add up, and which distributions of codes they compare.
package struct MethodSettings: Codable, Hashable, Sendable {
  /// A method of the catalog, e.g. `vae`.
  package var name: String
  package var prior: Prior
  package var posterior: Posterior
  /// What the method has beyond the VAE, by name, e.g. `beta`; empty for the VAE.
  package var settings: [String: Double]

  /// The distribution that latent codes are generated from.
  package enum Prior: String, Codable, Sendable, CaseIterable {
    /// N(0, I) on the representation space itself.
    case standard
    /// N(0, I) on a generation space, reached through an invertible network (dpVAE, section 4).
    case decoupled
    /// Three levels of Gaussians, each conditional on those above it.
    case hierarchical
  }

  /// What the encoder makes of an item.
  package enum Posterior: String, Codable, Sendable, CaseIterable {
    /// A diagonal Gaussian.
    case gaussian
    /// A diagonal Gaussian carried through planar flows (Rezende and Mohamed 2015).
    case planar
    /// A point: the mean alone (WAE-MMD).
    case deterministic
  }
}

/// What the decoder's output says of an item, p(x|z).
package struct LikelihoodSettings: Codable, Hashable, Sendable {
  /// A likelihood of the catalog, e.g. `gaussian`.
  package var name: String
  /// Its numbers by name, e.g. `mseWeight`.
  package var settings: [String: Double]

  package init(name: String, settings: [String: Double]) {
    self.name = name
    self.settings = settings
  }
}

/// The architecture and its dimensions.
package struct NetworkSettings: Codable, Hashable, Sendable {
  /// An architecture of the catalog, e.g. `dpvae-mnist`.
  package var name: String
  package var latents: Int
  /// The negative slope of the network's leaky ReLUs, where it has them; 1 makes them the identity.
  package var leakySlope: Double
  /// The number of coupling blocks of the decoupled prior.
  package var couplingBlocks: Int
}

/// Adam, its length, and which of its weights are kept.
package struct TrainingSettings: Codable, Hashable, Sendable {
  package var iterations: Int
  package var batch: Int
  package var learningRate: Double
  /// Iterations after which the learning rate is halved, again and again; 0 means never.
  package var halveEvery: Int
  package var beta1: Double
  package var beta2: Double
  package var epsilon: Double
  /// Which weights are measured: the last, or those of the checkpoint before which the mean training loss was lowest.
  package var selection: Selection
  /// Iterations from one candidate checkpoint to the next, where the best is selected.
  package var checkpointEvery: Int
  /// Iterations whose losses are averaged into one point of a training curve.
  package var logEvery: Int
  package var secondStage: SecondStageSettings

  package enum Selection: String, Codable, Sendable, CaseIterable { case last, best }
}

/// The training of a second VAE on the codes of the finished first one (Two-Stage VAE); batch and optimiser are the first's.
package struct SecondStageSettings: Codable, Hashable, Sendable {
  /// 0 means that there is no second stage.
  package var iterations: Int
  package var halveEvery: Int

  package init(iterations: Int, halveEvery: Int) {
    self.iterations = iterations
    self.halveEvery = halveEvery
  }

  package static let none = SecondStageSettings(iterations: 0, halveEvery: 0)
}

/// Counts and switches of the measurements.
package struct EvaluationSettings: Codable, Hashable, Sendable {
  /// Images generated, and real ones compared with, for a Fréchet distance.
  package var samples: Int
  /// Prior draws from which the lowest-posterior ones are kept, and how many of them (dpVAE's code: 500 and a batch).
  package var lowPosteriorDraws: Int
  package var lowPosteriorKept: Int
  /// Draws of each distribution for the symmetric KL.
  package var sklSamples: Int
  /// Draws of q(z) for the leakage score, and posteriors that make up q(z).
  package var leakageSamples: Int
  package var leakagePosteriors: Int
  /// Test images, and importance samples of each, for the log-likelihood.
  package var likelihoodImages: Int
  package var likelihoodSamples: Int
  /// How the aggregate posterior's density ranks samples: exactly, or with the slips of the authors' code.
  package var lowPosteriorDensity: Density

  /// Nothing measured.
  static let none = EvaluationSettings(
    samples: 0, lowPosteriorDraws: 0, lowPosteriorKept: 0, sklSamples: 0, leakageSamples: 0, leakagePosteriors: 0,
    likelihoodImages: 0, likelihoodSamples: 0, lowPosteriorDensity: .exact)

  package enum Density: String, Codable, Sendable, CaseIterable { case exact, authors }
}
