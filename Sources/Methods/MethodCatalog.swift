package import Experiments

/// The methods there are.
package enum MethodCatalog {
  package static let all: [any Method.Type] = [
    VAE.self
  ]

  /// The method that a configuration names, with its settings.
  /// - Throws: `SettingsError` where the method is unknown, or its settings are not exactly those of its card.
  package static func method(_ settings: MethodSettings) throws(SettingsError) -> any Method {
    guard let type = all.first(where: { $0.card.name == settings.name }) else {
      throw .unknownMethod(settings.name, known: all.map { $0.card.name })
    }
    let values = try checked(settings.settings, against: type.card)
    return type.init(settings: values)
  }

  /// - Throws: `SettingsError` where a value has no setting, a setting no value, or a value is no finite number.
  static func checked(_ values: [String: Double], against card: MethodCard) throws(SettingsError) -> MethodValues {
    let known = card.settings.map(\.name)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard known.contains(key) else { throw .unknownSetting(key, method: card.name, known: known) }
      guard value.isFinite else {
        throw .unusable("method.settings.\(key)", value: "\(value)", need: "a finite number")
      }
    }
    for setting in card.settings where values[setting.name] == nil {
      throw .missingSetting(setting, method: card.name)
    }
    return MethodValues(values)
  }
}
