import Experiments
import Metrics
import Reporting
import Training

extension PaperFile {
  /// The figures of all entries, in the file's order.
  /// - Throws: `SettingsFault` where a figure is drawn in no known way, of an experiment that there is not, or of what
  ///   an experiment does not leave.
  func figures(of paper: String, among experiments: [Experiment]) throws -> [PaperFigure] {
    let known = Dictionary(experiments.map { ($0.id, $0) }) { first, _ in first }
    var seen: Set<String> = []
    return try (figures ?? []).map { entry in
      guard seen.insert(entry.id).inserted else {
        throw SettingsFault(
          origin: entry.kind.origin, complaint: "the figure '\(entry.id)' is there twice; tell them apart by their id")
      }
      return try FigurePlace(paper: paper, entry: entry, known: known).figure()
    }
  }
}

/// An entry of a paper's figures, held against what there is.
private struct FigurePlace {
  let paper: String
  let entry: PaperFile.FigureEntry
  let known: [ExperimentID: Experiment]

  func figure() throws -> PaperFigure {
    let kind = try kind()
    let datasets = try names(entry.datasets, "this must be a list of datasets, as in [mnist, svhn]")
    let methods = try names(entry.methods, "this must be a list of methods, as in [vae, dpvae]")
    let shows = try names(entry.shows, "this must be a list of what is drawn, as in [samples]")
    let experiments = try datasets.flatMap { dataset in try methods.map { try experiment($0, on: dataset) } }
    let parameter = try parameter(for: kind, methods: methods, of: experiments)
    for name in shows { try check(name, for: kind.material, of: experiments) }
    return PaperFigure(
      id: entry.id, title: entry.title, source: entry.source, note: entry.note, kind: kind.name, datasets: datasets,
      experiments: experiments.map(\.id), shows: shows,
      parameter: parameter)
  }

  private func kind() throws -> any FigureKind {
    guard let kind = FigureKindCatalog.all.first(where: { $0.name == entry.kind.scalar }) else {
      throw SettingsFault(
        origin: entry.kind.origin,
        complaint: "'kind' is '\(entry.kind.scalar ?? "")', which is no kind of figure; there are: "
          + FigureKindCatalog.all.map(\.name).joined(separator: ", "))
    }
    return kind
  }

  private func names(_ list: SettingsTree, _ form: String) throws -> [String] {
    guard case .list(let items) = list.content else { throw SettingsFault(origin: list.origin, complaint: form) }
    let names = items.compactMap(\.scalar)
    guard names.count == items.count, !names.isEmpty else { throw SettingsFault(origin: list.origin, complaint: form) }
    return names
  }

  private func experiment(_ method: String, on dataset: String) throws -> Experiment {
    let name = "\(paper)/\(dataset)/\(method)"
    guard let id = ExperimentID(name), let experiment = known[id] else {
      throw SettingsFault(
        origin: entry.methods.origin, complaint: "the figure '\(entry.id)' names the unknown experiment \(name)")
    }
    return experiment
  }

  /// - Throws: `SettingsFault` where a name is none that the experiments leave.
  private func check(_ name: String, for material: FigureMaterial, of experiments: [Experiment]) throws {
    switch material {
    case .metrics: try checkMetric(name, of: experiments)
    case .curves: try checkCurve(name, of: experiments)
    case .artefacts:
      if !PictureCatalog.names.contains(name) { throw stranger(name, "picture", PictureCatalog.names) }
    }
  }

  private func checkMetric(_ name: String, of experiments: [Experiment]) throws {
    guard let metric = MetricID(name) else { throw stranger(name, "metric", []) }
    for experiment in experiments where !experiment.metrics.contains(where: { $0.matches(metric) }) {
      throw lacking(name, experiment)
    }
  }

  /// A curve is left by every training, or by a metric that must then be measured.
  private func checkCurve(_ name: String, of experiments: [Experiment]) throws {
    let cards = MetricCatalog.all.map(\.card).filter { $0.curves.contains(name) }
    let all = TrainingCurveCatalog.names + MetricCatalog.all.flatMap(\.card.curves)
    guard all.contains(name) else { throw stranger(name, "curve", all) }
    for experiment in experiments
    where !cards.isEmpty && !experiment.metrics.contains(where: { id in cards.contains { $0.name == id.name } }) {
      throw lacking(name, experiment)
    }
  }

  private func parameter(
    for kind: any FigureKind, methods: [String], of experiments: [Experiment]
  ) throws -> PaperFigure.Parameter? {
    guard kind.needsParameter else {
      guard entry.parameter != nil else { return nil }
      throw SettingsFault(origin: entry.kind.origin, complaint: "a figure of kind '\(kind.name)' has no 'parameter'")
    }
    guard let parameter = entry.parameter else {
      throw SettingsFault(origin: entry.kind.origin, complaint: "a figure of kind '\(kind.name)' needs a 'parameter'")
    }
    if let stranger = parameter.values.keys.sorted().first(where: { !methods.contains($0) }) {
      throw SettingsFault(
        origin: entry.methods.origin,
        complaint: "'parameter.values' has a value of '\(stranger)', which is not among the figure's methods")
    }
    if let metric = parameter.metric { try checkMetric(metric.description, of: experiments) }
    let places = experiments.compactMap { experiment in
      parameter.values[experiment.id.variant].map { PaperFigure.Place(experiment: experiment.id, value: $0) }
    }
    if parameter.metric == nil, let bare = methods.first(where: { parameter.values[$0] == nil }) {
      throw SettingsFault(
        origin: entry.methods.origin, complaint: "'parameter' has neither a value of '\(bare)' nor a metric for it")
    }
    return PaperFigure.Parameter(title: parameter.title, places: places, metric: parameter.metric)
  }

  private func stranger(_ name: String, _ what: String, _ known: [String]) -> SettingsFault {
    SettingsFault(
      origin: entry.shows.origin,
      complaint: "the figure '\(entry.id)' shows '\(name)', which is no \(what)"
        + (known.isEmpty ? "" : "; there are: " + known.joined(separator: ", ")))
  }

  private func lacking(_ name: String, _ experiment: Experiment) -> SettingsFault {
    SettingsFault(
      origin: entry.shows.origin,
      complaint: "the figure '\(entry.id)' shows '\(name)', which is not measured on \(experiment.id)")
  }
}
