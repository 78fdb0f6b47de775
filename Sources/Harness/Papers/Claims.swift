import Experiments

extension PaperFile {
  /// The claims of all entries and of the published tables, their ids prefixed with the paper's name.
  /// - Throws: `SettingsFault` where a claim is on an experiment that there is not, cannot be decided or is made twice.
  func claims(of paper: String, among experiments: [Experiment], published: [Published]) throws -> [Claim] {
    let known = Set(experiments.map(\.id))
    var seen: Set<String> = []
    let written = try claims.flatMap { entry in
      try entry.datasets.flatMap { dataset in
        let place = ClaimPlace(paper: paper, dataset: dataset, known: known, file: self)
        return try place.claims(entry).map { claim, origin in
          guard seen.insert(claim.id).inserted else {
            throw SettingsFault(
              origin: origin, complaint: "the claim '\(claim.id)' is made twice; tell them apart by their id")
          }
          return claim
        }
      }
    }
    return written + published.compactMap { claim(on: $0, among: experiments) }
  }

  /// That a cell of a table is obtained; `nil` where nothing of ours stands for it.
  private func claim(on published: Published, among experiments: [Experiment]) -> Claim? {
    let id = ExperimentID(paper: published.paper, dataset: published.dataset, method: published.method)
    guard let values, let value = published.value, let metric = published.metric,
      let experiment = experiments.first(where: { $0.id == id }),
      experiment.metrics.contains(where: { $0.name == metric.name })
    else { return nil }
    let table = published.table.lowercased().replacing(" ", with: "-")
    let subject = "\(published.column) of \(heading(of: id)) on \(datasets[id.dataset] ?? id.dataset)"
    return Claim(
      id: "\(id)/\(table)/\(published.column)",
      statement: "\(subject) is \(Numerals.significant(value)).", source: published.table, tier: .paper,
      seeds: values.seeds, level: values.level,
      assertion: .value(published, tolerance: values.tolerance, trials: values.trials))
  }

  /// The heading of an experiment's rows in tables: the method's, with the reading where that is not the text.
  func heading(of id: ExperimentID) -> String {
    (methods[id.method] ?? id.method) + (id.reading == .paper ? "" : " (\(id.reading.rawValue))")
  }
}

/// The dataset of a paper on which a claim is made.
private struct ClaimPlace {
  let paper: String
  let dataset: String
  let known: Set<ExperimentID>
  let file: PaperFile

  /// The claims of an entry here, each with where it is written.
  func claims(_ entry: PaperFile.ClaimEntry) throws -> [(Claim, origin: String)] {
    var made: [(Claim, origin: String)] = []
    for pair in entry.pairs ?? [] {
      let (better, worse) = try sides(of: pair)
      made.append(
        (
          try claim(entry, .ordering(better: better, worse: worse, metric: entry.metric), (better, worse), pair),
          pair.origin
        ))
    }
    for pair in entry.equal?.pairs ?? [] {
      let (one, other) = try sides(of: pair)
      let margin = entry.equal?.margin ?? 0
      made.append(
        (
          try claim(entry, .equality(one, other, margin: margin, metric: entry.metric), (one, other), pair), pair.origin
        ))
    }
    if let ranking = entry.ranking {
      made.append(
        (try claim(entry, .ranking(try experiments(ranking), metric: entry.metric), nil, ranking), ranking.origin))
    }
    if let monotone = entry.monotone {
      let ids = try experiments(monotone.methods)
      let assertion = Assertion.monotone(ids, trend: monotone.trend, metric: entry.metric)
      made.append((try claim(entry, assertion, nil, monotone.methods), monotone.methods.origin))
    }
    return made
  }

  private func claim(
    _ entry: PaperFile.ClaimEntry, _ assertion: Assertion, _ pair: (better: ExperimentID, worse: ExperimentID)?,
    _ tree: SettingsTree
  ) throws -> Claim {
    let test = entry.test ?? .student
    let least = test.leastSeeds(level: entry.level)
    guard entry.seeds >= least else {
      throw SettingsFault(
        origin: tree.origin,
        complaint:
          "the claim '\(entry.id)' asks for \(entry.seeds) seeds, with which a \(test.rawValue) test cannot fall "
          + "below level \(Numerals.significant(entry.level, digits: 2)); ask for \(least) or more")
    }
    func filled(_ text: String, _ dataset: String, _ name: (ExperimentID) -> String) -> String {
      text.replacing("{dataset}", with: dataset).replacing("{better}", with: pair.map { name($0.better) } ?? "")
        .replacing("{worse}", with: pair.map { name($0.worse) } ?? "")
    }
    return Claim(
      id: paper + "/" + filled(entry.id, dataset, \.variant),
      statement: filled(entry.statement, file.datasets[dataset] ?? dataset, file.heading), source: entry.source,
      tier: entry.tier, seeds: entry.seeds, level: entry.level, test: test, assertion: assertion)
  }

  /// The two experiments of a pair of methods, as in `[dpvae, vae]`.
  private func sides(of pair: SettingsTree) throws -> (ExperimentID, ExperimentID) {
    let ids = try experiments(pair, what: "a pair must be two methods, the better first, as in [dpvae, vae]")
    guard ids.count == 2 else {
      throw SettingsFault(
        origin: pair.origin, complaint: "a pair must be two methods, the better first, as in [dpvae, vae]")
    }
    return (ids[0], ids[1])
  }

  /// The experiments of a list of methods.
  private func experiments(
    _ list: SettingsTree, what form: String = "this must be a list of two methods or more, as in [dpvae, vae]"
  ) throws -> [ExperimentID] {
    let names: [String] =
      if case .list(let items) = list.content { items.compactMap(\.scalar) } else { [] }
    let ids = names.compactMap { ExperimentID("\(paper)/\(dataset)/\($0)") }
    guard ids.count == names.count, ids.count > 1 else { throw SettingsFault(origin: list.origin, complaint: form) }
    if let stranger = ids.first(where: { !known.contains($0) }) {
      throw SettingsFault(origin: list.origin, complaint: "the claim names the unknown experiment \(stranger)")
    }
    return ids
  }
}
