import Datasets
import Metrics

/// Something that `assay prepare` brings into the data directory.
struct Preparable: Sendable {
  let name: String
  let prepare:
    @Sendable (_ from: String?, _ offline: Bool, _ folder: DataFolder, _ report: (String) -> Void) throws -> Void

  /// The datasets that come from files, and the weights of the network that metrics look with.
  static let all = DatasetCatalog.all.map { $0.card }.filter { !$0.isSynthetic }.map { dataset($0.name) } + [inception]

  static func dataset(_ name: String) -> Preparable {
    Preparable(name: name) { from, offline, folder, report in
      try DatasetCatalog.prepare(name, from: from, offline: offline, into: folder, report: report)
    }
  }

  private static let inception = Preparable(name: InceptionPreparation.name) { from, offline, folder, report in
    try InceptionPreparation.prepare(from: from, offline: offline, into: folder, report: report)
  }

  /// - Throws: `DatasetError.unknown`, which lists the names there are.
  static func named(_ name: String) throws(DatasetError) -> Preparable {
    if let own = all.first(where: { $0.name == name }) { return own }
    let datasets = DatasetCatalog.all.map { $0.card.name }
    guard datasets.contains(name) else { throw .unknown(name, known: datasets + [InceptionPreparation.name]) }
    return dataset(name)
  }
}

extension Workspace {
  /// Makes sure that datasets' files, or a network's weights, are in the data directory, and converts them; see
  /// `DatasetCatalog.prepare` and `InceptionPreparation.prepare`.
  ///
  /// What goes wrong with one does not keep the others from being prepared.
  /// - Parameter names: where there are none, all that come from files, and then it is no fault that one is nowhere to be
  ///   had, unless that holds for all.
  /// - Returns: the names of those that are ready.
  /// - Throws: `DatasetError` or `WeightsError`, the last one; `report` has heard the others.
  package func prepare(
    _ names: [String], from folder: String?, offline: Bool, report: (String) -> Void
  ) throws -> [String] {
    let wanted = names.isEmpty ? Preparable.all : try names.map(Preparable.named)
    var (ready, failures): ([String], [any Error]) = ([], [])
    for item in wanted {
      do {
        try item.prepare(folder, offline, DataFolder(path: data), report)
        ready.append(item.name)
      } catch let error where error is DatasetError || error is WeightsError {
        failures.append(error)
      }
    }
    let isLenient = names.isEmpty && !ready.isEmpty
    let fault = failures.indices.last { !isLenient || !isAbsence(failures[$0]) }
    for index in failures.indices where index != fault { report(sentence(of: failures[index])) }
    if let fault { throw failures[fault] }
    return ready
  }

  /// Whether something is simply not there.
  private func isAbsence(_ error: any Error) -> Bool {
    switch error {
    case DatasetError.missing, DatasetError.byHand, WeightsError.notFound: true
    default: false
    }
  }
}
