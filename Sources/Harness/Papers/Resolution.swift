package import Experiments

extension PaperFile {
  /// All experiments, each with its configuration at every tier, in the file's order.
  /// - Throws: `SettingsFault`.
  func resolved(paper: String, origin: String) throws -> [Experiment] {
    for layer in layers { try layer.check() }
    return try experiments.flatMap { block in
      try block.datasets.flatMap { dataset in
        try block.readings.flatMap { reading in
          try block.methods.map { method in
            let id = ExperimentID(paper: paper, dataset: dataset, method: method, reading: reading)
            return try experiment(id, of: block, origin: origin)
          }
        }
      }
    }
  }

  private func experiment(_ id: ExperimentID, of block: Block, origin: String) throws -> Experiment {
    guard methods[id.method] != nil else {
      throw SettingsFault(origin: origin, complaint: "'methods' has no heading for '\(id.method)'")
    }
    guard datasets[id.dataset] != nil else {
      throw SettingsFault(origin: origin, complaint: "'datasets' has no name for '\(id.dataset)'")
    }
    var configurations: [Tier: Configuration] = [:]
    for tier in Tier.allCases { configurations[tier] = try configuration(of: id, tier: tier, origin: origin) }
    let applying = layers.filter { layer in Tier.allCases.contains { layer.applies(to: id, tier: $0) } }
    let slow = block.slowMetrics
    return Experiment(
      id: id, title: heading(of: id), metrics: block.metrics + (slow?.metrics ?? []),
      tiersOfMetrics: Dictionary((slow?.metrics ?? []).map { ($0, slow?.tiers ?? []) }) { $1 },
      configurations: configurations, departures: applying.flatMap { $0.departures ?? [] })
  }

  private func configuration(of id: ExperimentID, tier: Tier, origin: String) throws -> Configuration {
    try Configuration(checking: settings(of: id, tier: tier, origin: origin))
  }

  /// What the layers of an experiment come to at a tier, each value with its place.
  func settings(of id: ExperimentID, tier: Tier, origin: String) -> SettingsTree {
    let bottom = SettingsTree(.map([:]), origin: "\(origin), the layers of \(id) at tier \(tier.rawValue)")
    var tree = layers.filter { $0.applies(to: id, tier: tier) }.reduce(bottom) { $0.overlaid(by: $1.settings) }
    tree.origin = bottom.origin
    return tree
  }
}

extension PaperFile.Layer {
  func applies(to id: ExperimentID, tier: Tier) -> Bool { when?.holds(for: id, tier: tier) ?? true }

  /// - Throws: `SettingsFault` if a layer of a tier sets more than lengths and counts.
  func check() throws {
    guard when?.tiers != nil else { return }
    let foreign = settings.paths.filter { !Configuration.tierPaths.contains($0) }
    guard let first = foreign.first else { return }
    throw SettingsFault(
      origin: settings.origin,
      complaint: "a layer with tiers may set lengths and counts only, not '\(first)': "
        + Configuration.tierPaths.joined(separator: ", "))
  }
}

extension Configuration {
  /// The lengths and counts: all that a tier may set.
  static let tierPaths = [
    "dataset.testLimit",
    "dataset.trainLimit",
    "evaluation.leakagePosteriors",
    "evaluation.leakageSamples",
    "evaluation.likelihoodImages",
    "evaluation.likelihoodSamples",
    "evaluation.samples",
    "evaluation.sklSamples",
    "training.checkpointEvery",
    "training.halveEvery",
    "training.iterations",
    "training.logEvery",
    "training.secondStage.halveEvery",
    "training.secondStage.iterations",
  ]

  /// Decodes a tree strictly; refuses numbers that cannot be, names that no catalog has and settings that no card has.
  /// - Throws: `SettingsFault`.
  init(checking tree: SettingsTree) throws {
    self = try SettingsDecoder.decode(Configuration.self, from: tree)
    if let (path, complaint) = fault {
      throw SettingsFault(origin: tree.origin(of: path), complaint: "'\(path)' \(complaint)")
    }
    try CatalogNames.check(tree)
  }

  /// This configuration with single keys set anew.
  /// - Throws: `SettingsFault`, naming the assignment at fault.
  package func setting(_ assignments: [Assignment]) throws -> Configuration {
    guard let last = assignments.last else { return self }
    let own = try SettingsTree(yaml: String(decoding: canonical, as: UTF8.self), name: last.origin)
    var tree = assignments.reduce(own) { $0.overlaid(by: $1.tree) }
    tree.origin = last.origin
    return try Configuration(checking: tree)
  }

  /// The path of what no run could use, and the complaint about it.
  private var fault: (path: String, complaint: String)? {
    let least: [(String, Int, Int)] = [
      ("dataset.trainLimit", dataset.trainLimit, 0), ("dataset.testLimit", dataset.testLimit, 0),
      ("network.latents", network.latents, 1), ("network.couplingBlocks", network.couplingBlocks, 1),
      ("training.iterations", training.iterations, 1), ("training.batch", training.batch, 1),
      ("training.checkpointEvery", training.checkpointEvery, 1), ("training.logEvery", training.logEvery, 1),
      ("training.halveEvery", training.halveEvery, 0),
      ("training.secondStage.iterations", training.secondStage.iterations, 0),
      ("training.secondStage.halveEvery", training.secondStage.halveEvery, 0),
      ("evaluation.samples", evaluation.samples, 2), ("evaluation.lowPosteriorKept", evaluation.lowPosteriorKept, 1),
      ("evaluation.lowPosteriorDraws", evaluation.lowPosteriorDraws, evaluation.lowPosteriorKept),
      ("evaluation.sklSamples", evaluation.sklSamples, 2), ("evaluation.leakageSamples", evaluation.leakageSamples, 1),
      ("evaluation.leakagePosteriors", evaluation.leakagePosteriors, 1),
      ("evaluation.likelihoodImages", evaluation.likelihoodImages, 1),
      ("evaluation.likelihoodSamples", evaluation.likelihoodSamples, 1),
    ]
    if let (name, value, bound) = least.first(where: { $1 < $2 }) {
      return (name, "is \(value) and must be at least \(bound)")
    }
    let positive = [("training.learningRate", training.learningRate), ("training.epsilon", training.epsilon)]
    if let (name, value) = positive.first(where: { $1 <= 0 }) { return (name, "is \(value) and must be above 0") }
    let decays = [("training.beta1", training.beta1), ("training.beta2", training.beta2)]
    if let (name, value) = decays.first(where: { !(0..<1 ~= $1) }) {
      return (name, "is \(value) and must be at least 0 and below 1")
    }
    return nil
  }
}

/// `key=value` as the command line gives it, e.g. `training.iterations=1500`.
package struct Assignment: Sendable {
  package let path: [String]
  package let value: String

  /// `nil` if the text has another form.
  package init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, !sides[1].isEmpty else { return nil }
    path = sides[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    value = sides[1]
    guard path.count > 1, path.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// - Throws: `HarnessError.assignment` if the text has another form.
  package static func parsed(_ text: String) throws -> Assignment {
    guard let assignment = Assignment(text) else { throw HarnessError.assignment(text) }
    return assignment
  }

  var origin: String { "--set \(path.joined(separator: "."))=\(value)" }
  var tree: SettingsTree { SettingsTree(value, at: path[...], origin: origin) }
}
