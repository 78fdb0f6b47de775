import Experiments

/// A tree of settings as somebody wrote it: each node knows where it stands, and what was remarked there.
package struct SettingsTree: Sendable {
  var content: Content
  /// E.g. `Baselines/dpvae/paper.yaml line 12` or `--set training.batch=5`.
  var origin: String
  /// What the comment on its line says, or else that on the line of what it belongs to: a value's source.
  var note: String?

  enum Content: Sendable {
    case scalar(String)
    case list([SettingsTree])
    case map([String: SettingsTree])
  }

  init(_ content: Content, origin: String, note: String? = nil) {
    self.content = content
    self.origin = origin
    self.note = note
  }

  /// `path: value` as a tree of one branch.
  init(_ value: String, at path: ArraySlice<String>, origin: String) {
    if let key = path.first {
      self.init(.map([key: SettingsTree(value, at: path.dropFirst(), origin: origin)]), origin: origin)
    } else {
      self.init(.scalar(value), origin: origin)
    }
  }

  /// This tree with `upper` over it: maps are merged key by key, anything else is replaced.
  func overlaid(by upper: SettingsTree) -> SettingsTree {
    guard case .map(let below) = content, case .map(let above) = upper.content else { return upper }
    return SettingsTree(.map(below.merging(above) { $0.overlaid(by: $1) }), origin: upper.origin)
  }

  /// Where the value of a dotted path stands; its own place where it has no such value.
  func origin(of path: String) -> String { at(path)?.origin ?? origin }

  /// The node of a dotted path; `nil` where there is none.
  func at(_ path: String) -> SettingsTree? {
    path.split(separator: ".").reduce(self as SettingsTree?) { $0?[String($1)] }
  }

  /// The dotted paths of everything that is not a map, sorted.
  var paths: [String] { leaves.map(\.path) }

  /// Everything that is not a map, with its dotted path, in order of that.
  var leaves: [(path: String, leaf: SettingsTree)] {
    guard case .map(let branches) = content else { return [("", self)] }
    return branches.sorted { $0.key < $1.key }.flatMap { key, branch in
      branch.leaves.map { ($0.path.isEmpty ? key : "\(key).\($0.path)", $0.leaf) }
    }
  }

  /// The text of a scalar; `nil` for lists and maps.
  var scalar: String? {
    guard case .scalar(let text) = content else { return nil }
    return text
  }

  /// The branch of that key; `nil` where there is none.
  subscript(key: String) -> SettingsTree? {
    guard case .map(let branches) = content else { return nil }
    return branches[key]
  }
}

extension SettingsTree: Decodable {
  /// A tree is only ever read out of another tree, as it stands.
  package init(from decoder: any Decoder) throws {
    self = (decoder as? SettingsDecoder)?.tree ?? SettingsTree(.map([:]), origin: "nowhere")
  }
}

/// Something wrong in what a person wrote, and where.
package struct SettingsFault: Error, CustomStringConvertible, Equatable {
  let origin: String
  let complaint: String

  package var description: String { "\(origin): \(complaint).".inOneLine }
}
