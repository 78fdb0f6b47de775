package import Experiments

/// The methods there are.
package enum MethodCatalog {
  package static let all: [any Method.Type] = [
    BetaTCVAE.self,
    BetaVAEB.self,
    BetaVAEH.self,
    FactorVAE.self,
    InfoVAE.self,
    VAE.self,
    WAEMMD.self,
  ]

  /// The method that a configuration names, with its settings.
  /// - Throws: `SettingsError` where the method is unknown, or its settings are not exactly those of its card.
  package static func method(_ settings: MethodSettings) throws(SettingsError) -> any Method {
    guard let type = all.first(where: { $0.card.name == settings.name }) else {
      throw .unknownMethod(settings.name, known: all.map { $0.card.name })
    }
    return type.init(settings: try type.card.values(settings.settings))
  }
}
