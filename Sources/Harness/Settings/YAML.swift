import Yams

extension SettingsTree {
  /// Reads YAML text; `name` is what errors call the file.
  /// - Throws: `SettingsFault`.
  init(yaml text: String, name: String) throws {
    try Self.checkBounds(of: text, name: name)
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw SettingsFault(origin: name, complaint: "is empty")
      }
      try self.init(node, in: Source(name: name, notes: Self.comments(of: text)), note: nil)
    } catch let error as YamlError {
      throw SettingsFault(origin: name, complaint: Self.sentence(error))
    }
  }

  /// Bytes of a file, several times those of a paper: as deeply nested as can be, libyaml takes most of a second for so many.
  private static let longest = 1 << 18

  /// Refuses what would take a parser without bounds forever: texts of any length, and anchors, with whose aliases a few
  /// lines stand for any number of them. How deep nodes are nested, libyaml bounds (1,000).
  private static func checkBounds(of text: String, name: String) throws {
    guard text.utf8.count <= longest else {
      throw SettingsFault(origin: name, complaint: "has more than \(longest) bytes, which are the most that is read")
    }
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where hasAnchor(Array(line)) {
      throw SettingsFault(
        origin: "\(name) line \(index + 1)",
        complaint: "'&' before a word begins an anchor, and anchors are not read; write the value out")
    }
  }

  /// Whether an `&` stands before a word and not within one.
  private static func hasAnchor(_ line: [UInt8]) -> Bool {
    func isWord(_ place: Int) -> Bool {
      guard line.indices.contains(place) else { return false }
      let sign = Character(UnicodeScalar(line[place]))
      return sign.isASCII && (sign.isLetter || sign.isNumber || sign == "-" || sign == "_")
    }
    return line.indices.contains { line[$0] == UInt8(ascii: "&") && isWord($0 + 1) && !isWord($0 - 1) }
  }

  /// The file that a tree is read from: its name, and the comments at the ends of its lines.
  private struct Source {
    let name: String
    let notes: [Int: String]
  }

  /// - Parameter note: what was remarked on that which the node belongs to.
  private init(_ node: Node, in source: Source, note: String?) throws {
    let origin = node.mark.map { "\(source.name) line \($0.line)" } ?? source.name
    let remark = { (place: Node) in place.mark.flatMap { source.notes[$0.line] } ?? note }
    switch node {
    case .scalar(let scalar):
      self.init(.scalar(scalar.string), origin: origin, note: remark(node))
    case .sequence(let sequence):
      self.init(
        .list(try sequence.map { try SettingsTree($0, in: source, note: remark($0)) }), origin: origin, note: note)
    case .mapping(let mapping):
      var branches: [String: SettingsTree] = [:]
      for (key, value) in mapping {
        guard let word = key.string else { throw SettingsFault(origin: origin, complaint: "a key must be a text") }
        let branch = try SettingsTree(value, in: source, note: remark(key))
        guard branches.updateValue(branch, forKey: word) == nil else {
          throw SettingsFault(origin: origin, complaint: "the key '\(word)' stands twice")
        }
      }
      self.init(.map(branches), origin: origin, note: note)
    case .alias:
      throw SettingsFault(origin: origin, complaint: "aliases are not read; write the value out")
    }
  }

  /// The comments that stand behind something on a line, by line from 1. A `#` begins one after a blank and outside of
  /// quotes.
  private static func comments(of text: String) -> [Int: String] {
    var notes: [Int: String] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let comment = comment(of: line) { notes[index + 1] = comment }
    }
    return notes
  }

  private static func comment(of line: Substring) -> String? {
    var (quote, previous) = (nil as Character?, " " as Character)
    for place in line.indices {
      let character = line[place]
      if character == "#", quote == nil, previous == " " {
        let isAlone = line[..<place].allSatisfy { $0 == " " }
        return isAlone ? nil : line[line.index(after: place)...].trimmingPrefix { $0 == " " }.description
      }
      if quote == character {
        quote = nil
      } else if quote == nil, "\"'".contains(character), !previous.isLetter {
        quote = character
      }
      previous = character
    }
    return nil
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
