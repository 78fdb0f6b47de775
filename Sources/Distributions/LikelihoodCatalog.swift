package import Experiments

/// The likelihoods there are.
package enum LikelihoodCatalog {
  package static let all: [any Likelihood.Type] = [
    BernoulliLikelihood.self,
    BitwiseCategoricalLikelihood.self,
    CategoricalLikelihood.self,
    GaussianLikelihood.self,
    LogisticMixtureLikelihood.self,
    OptimalDeviationLikelihood.self,
    ItemDeviationLikelihood.self,
    PixelDeviationLikelihood.self,
    SharedDeviationLikelihood.self,
    StudentTLikelihood.self,
  ]

  /// The likelihood that a configuration names, with its settings.
  /// - Throws: `SettingsError` where it is unknown, or its settings are not exactly those of its card.
  package static func likelihood(_ settings: LikelihoodSettings) throws(SettingsError) -> any Likelihood {
    guard let type = all.first(where: { $0.card.name == settings.name }) else {
      throw .unknownLikelihood(settings.name, known: all.map { $0.card.name })
    }
    let card = type.card
    return try type.init(
      settings: try SettingValues(settings.settings, of: card.settings, part: "likelihood", owner: card.name))
  }
}
