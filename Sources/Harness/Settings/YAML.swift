import Yams

extension SettingsTree {
  /// Reads YAML text; `name` is what errors call the file.
  /// - Throws: `SettingsFault`.
  init(yaml text: String, name: String) throws {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw SettingsFault(origin: name, complaint: "is empty")
      }
      try self.init(node, name: name)
    } catch let error as YamlError {
      throw SettingsFault(origin: name, complaint: Self.sentence(error))
    }
  }

  private init(_ node: Node, name: String) throws {
    let origin = node.mark.map { "\(name) line \($0.line)" } ?? name
    switch node {
    case .scalar(let scalar):
      self.init(.scalar(scalar.string), origin: origin)
    case .sequence(let sequence):
      self.init(.list(try sequence.map { try SettingsTree($0, name: name) }), origin: origin)
    case .mapping(let mapping):
      var branches: [String: SettingsTree] = [:]
      for (key, value) in mapping {
        guard let word = key.string else { throw SettingsFault(origin: origin, complaint: "a key must be a text") }
        guard branches.updateValue(try SettingsTree(value, name: name), forKey: word) == nil else {
          throw SettingsFault(origin: origin, complaint: "the key '\(word)' stands twice")
        }
      }
      self.init(.map(branches), origin: origin)
    case .alias:
      throw SettingsFault(origin: origin, complaint: "aliases are not read; write the value out")
    }
  }

  private static func sentence(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line), column \(mark.column) is no YAML (\(problem))"
    case .duplicatedKeysInMapping(let duplicates, let context):
      "line \(context.mark.line): a key stands twice (\(duplicates.joined(separator: ", ")))"
    default:
      "is no YAML"
    }
  }
}
