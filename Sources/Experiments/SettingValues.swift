/// A number that a method or a likelihood needs, as its card names it.
package struct Setting: Hashable, Sendable {
  /// The key under `method.settings` or `likelihood.settings`.
  package let name: String
  /// What it stands for, as a phrase.
  package let meaning: String
  /// A value of the size that papers give it, for laws that hold at any; no configuration takes it.
  package let typical: Double

  package init(name: String, meaning: String, typical: Double = 1) {
    self.name = name
    self.meaning = meaning
    self.typical = typical
  }
}

/// The values of the settings that a card names: exactly those, each a finite number.
package struct SettingValues: Sendable {
  private let values: [String: Double]

  /// - Parameters:
  ///   - part: the section of a configuration that holds them, `method` or `likelihood`.
  ///   - owner: what has the settings, e.g. `beta-vae-h`.
  /// - Throws: `SettingsError` where a value has no setting, a setting no value, or a value is no finite number.
  package init(
    _ values: [String: Double], of settings: [Setting], part: String, owner: String
  ) throws(SettingsError) {
    let known = settings.map(\.name)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard known.contains(key) else { throw .unknownSetting(key, part: part, owner: owner, known: known) }
      guard value.isFinite else {
        throw .unusable("\(part).settings.\(key)", value: "\(value)", need: "a finite number")
      }
    }
    for setting in settings where values[setting.name] == nil {
      throw .missingSetting(setting, part: part, owner: owner)
    }
    self.values = values
  }

  /// - Precondition: the card names the setting.
  package subscript(name: String) -> Float {
    guard let value = values[name] else { preconditionFailure("the card names no setting \(name)") }
    return Float(value)
  }
}
