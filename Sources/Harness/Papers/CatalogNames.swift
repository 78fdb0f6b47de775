import Datasets
import Distributions
import Experiments
import Methods
import Networks

/// Names in a configuration, held against the catalogs where they stand: what one does not have is a fault of a line.
enum CatalogNames {
  /// - Throws: `SettingsFault` for a name that no catalog has, and for settings that are not exactly those of a card.
  static func check(_ tree: SettingsTree) throws {
    try check(tree, "dataset", among: DatasetCatalog.all.map { $0.card.name })
    try checkPreprocessing(tree)
    try check(tree, "network", among: NetworkCatalog.all.map { $0.card.name })
    try check(tree, "method", among: MethodCatalog.all.map { $0.card.name })
    try check(tree, "likelihood", among: LikelihoodCatalog.all.map { $0.card.name })
    if let card = MethodCatalog.all.first(where: { $0.card.name == tree.at("method.name")?.scalar })?.card {
      try check(tree, "method", has: card.settings)
    }
    if let card = LikelihoodCatalog.all.first(where: { $0.card.name == tree.at("likelihood.name")?.scalar })?.card {
      try check(tree, "likelihood", has: card.settings)
    }
  }

  private static func check(_ tree: SettingsTree, _ part: String, among known: [String]) throws {
    guard let name = tree.at("\(part).name"), let text = name.scalar, !known.contains(text) else { return }
    throw SettingsFault(
      origin: name.origin,
      complaint: "'\(part).name' is '\(text)', which is no \(part); there are: \(known.joined(separator: ", "))")
  }

  /// A step of preprocessing is one that the dataset has.
  private static func checkPreprocessing(_ tree: SettingsTree) throws {
    guard let step = tree.at("dataset.preprocessing"), let text = step.scalar,
      let dataset = tree.at("dataset.name")?.scalar
    else { return }
    let known = try DatasetCatalog.recipe(dataset).steps
    guard !known.contains(text) else { return }
    throw SettingsFault(
      origin: step.origin,
      complaint: "'dataset.preprocessing' is '\(text)', which is no step of \(dataset); there are: "
        + known.joined(separator: ", "))
  }

  /// The settings that a part has are those of its card, no more and no fewer.
  private static func check(_ tree: SettingsTree, _ part: String, has settings: [Setting]) throws {
    let known = settings.map(\.name)
    let owner = tree.at("\(part).name")?.scalar ?? part
    let given = tree.at("\(part).settings")?.leaves.filter { !$0.path.isEmpty } ?? []
    if let (key, leaf) = given.first(where: { !known.contains($0.path) }) {
      throw SettingsFault(
        origin: leaf.origin,
        complaint: "there is no key '\(part).settings.\(key)' for the \(part) \(owner); "
          + (known.isEmpty ? "it has no settings" : "there are: \(known.joined(separator: ", "))"))
    }
    if let missing = settings.first(where: { setting in !given.contains { $0.path == setting.name } }) {
      throw SettingsFault(
        origin: tree.origin(of: "\(part).name"),
        complaint: "the key '\(part).settings.\(missing.name)' is missing, which the \(part) \(owner) needs "
          + "(\(missing.meaning))")
    }
  }
}
