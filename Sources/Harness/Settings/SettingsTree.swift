/// A tree of settings as somebody wrote it: each node knows where it stands.
package struct SettingsTree: Sendable {
  var content: Content
  /// E.g. `Baselines/dpvae/paper.yaml line 12` or `--set training.batch=5`.
  var origin: String

  enum Content: Sendable {
    case scalar(String)
    case list([SettingsTree])
    case map([String: SettingsTree])
  }

  init(_ content: Content, origin: String) {
    self.content = content
    self.origin = origin
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

  /// The dotted paths of everything that is not a map, sorted.
  var paths: [String] {
    guard case .map(let branches) = content else { return [""] }
    return branches.flatMap { key, branch in
      branch.paths.map { $0.isEmpty ? key : "\(key).\($0)" }
    }.sorted()
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

  package var description: String { "\(origin): \(complaint)." }
}
