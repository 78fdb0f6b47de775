/// A configuration that names no model one could build.
package enum SettingsError: Error, CustomStringConvertible {
  case unknownMethod(String, known: [String])
  case unknownLikelihood(String, known: [String])
  case unknownNetwork(String, known: [String])
  /// A number under `part.settings` that the thing called `owner` does not have.
  case unknownSetting(String, part: String, owner: String, known: [String])
  case missingSetting(Setting, part: String, owner: String)
  /// A value outside of what its key can mean.
  case unusable(String, value: String, need: String)

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .unknownMethod(let name, let known): Self.unknown("method", name, known)
    case .unknownLikelihood(let name, let known): Self.unknown("likelihood", name, known)
    case .unknownNetwork(let name, let known): Self.unknown("network", name, known)
    case .unknownSetting(let key, let part, let owner, let known):
      "\(part).settings names '\(key)', which the \(part) \(owner) does not have; "
        + (known.isEmpty ? "it has none, remove the key." : "there are: \(known.joined(separator: ", ")).")
    case .missingSetting(let setting, let part, let owner):
      "\(part).settings lacks '\(setting.name)', which the \(part) \(owner) needs (\(setting.meaning)); give it a value."
    case .unusable(let key, let value, let need):
      "\(key) is \(value), but has to be \(need)."
    }
  }

  private static func unknown(_ part: String, _ name: String, _ known: [String]) -> String {
    "\(part).name is '\(name)', which is no \(part); there are: \(known.joined(separator: ", "))."
  }
}
