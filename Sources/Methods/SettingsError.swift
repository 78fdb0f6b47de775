/// A configuration that names no model one could build.
package enum SettingsError: Error, CustomStringConvertible {
  case unknownMethod(String, known: [String])
  case unknownNetwork(String, known: [String])
  case unknownSetting(String, method: String, known: [String])
  case missingSetting(MethodSetting, method: String)
  /// A value outside of what its key can mean.
  case unusable(String, value: String, need: String)

  package var description: String {
    switch self {
    case .unknownMethod(let name, let known):
      "method.name is '\(name)', which is no method; there are: \(known.joined(separator: ", "))."
    case .unknownNetwork(let name, let known):
      "network.name is '\(name)', which is no network; there are: \(known.joined(separator: ", "))."
    case .unknownSetting(let key, let method, let known):
      "method.settings names '\(key)', which the method \(method) does not have; "
        + (known.isEmpty ? "it has none, remove the key." : "there are: \(known.joined(separator: ", ")).")
    case .missingSetting(let setting, let method):
      "method.settings lacks '\(setting.name)', which the method \(method) needs (\(setting.meaning)); give it a value."
    case .unusable(let key, let value, let need):
      "\(key) is \(value), but has to be \(need)."
    }
  }
}
