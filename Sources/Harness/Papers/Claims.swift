import Experiments

extension PaperFile {
  /// The claims of all entries, their ids prefixed with the paper's name.
  /// - Throws: `SettingsFault` where a claim is on an experiment that there is not, or is made twice.
  func claims(of paper: String, among experiments: [Experiment]) throws -> [Claim] {
    let known = Set(experiments.map(\.id))
    var seen: Set<String> = []
    return try claims.flatMap { entry in
      try entry.datasets.flatMap { dataset in
        try entry.pairs.map { pair in
          let claim = try claim(
            entry, on: dataset, between: try sides(of: pair, on: "\(paper)/\(dataset)", known), paper)
          guard seen.insert(claim.id).inserted else {
            throw SettingsFault(
              origin: pair.origin, complaint: "the claim '\(claim.id)' is made twice; tell them apart by their id")
          }
          return claim
        }
      }
    }
  }

  /// The two experiments of a pair of methods, as in `[dpvae, vae]`.
  private func sides(
    of pair: SettingsTree, on place: String, _ known: Set<ExperimentID>
  ) throws -> (better: ExperimentID, worse: ExperimentID) {
    let names: [String] =
      if case .list(let items) = pair.content { items.compactMap(\.scalar) } else { [] }
    let ids = names.compactMap { ExperimentID("\(place)/\($0)") }
    guard names.count == 2, ids.count == 2 else {
      throw SettingsFault(
        origin: pair.origin, complaint: "a pair must be two methods, the better first, as in [dpvae, vae]")
    }
    if let stranger = ids.first(where: { !known.contains($0) }) {
      throw SettingsFault(origin: pair.origin, complaint: "the pair names the unknown experiment \(stranger)")
    }
    return (ids[0], ids[1])
  }

  private func claim(
    _ entry: ClaimEntry, on dataset: String, between pair: (better: ExperimentID, worse: ExperimentID), _ paper: String
  ) throws -> Claim {
    Claim(
      id: paper + "/"
        + Self.filled(entry.id, dataset: dataset, better: pair.better.variant, worse: pair.worse.variant),
      statement: Self.filled(
        entry.statement, dataset: datasets[dataset] ?? dataset, better: heading(of: pair.better),
        worse: heading(of: pair.worse)),
      source: entry.source, tier: entry.tier, seeds: entry.seeds, level: entry.level,
      assertion: .ordering(better: pair.better, worse: pair.worse, metric: entry.metric))
  }

  /// The heading of an experiment's rows in tables: the method's, with the reading where that is not the text.
  func heading(of id: ExperimentID) -> String {
    (methods[id.method] ?? id.method) + (id.reading == .paper ? "" : " (\(id.reading.rawValue))")
  }

  private static func filled(_ text: String, dataset: String, better: String, worse: String) -> String {
    text.replacing("{dataset}", with: dataset).replacing("{better}", with: better).replacing("{worse}", with: worse)
  }
}
