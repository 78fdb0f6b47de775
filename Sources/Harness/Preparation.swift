import Datasets
import Foundation

extension Workspace {
  /// The datasets that come from files.
  package static var preparable: [String] {
    DatasetCatalog.all.filter { !$0.card.isSynthetic }.map { $0.card.name }
  }

  /// Makes sure that datasets' files are in the data directory, and converts them; see `DatasetCatalog.prepare`.
  ///
  /// What goes wrong with one does not keep the others from being prepared.
  /// - Parameter names: the datasets; where there are none, all that come from files, and then it is no fault that one is
  ///   nowhere to be had, unless that holds for all.
  /// - Returns: the names of those that are ready.
  /// - Throws: `DatasetError`, the last one; `report` has heard the others.
  package func prepare(
    _ names: [String], from folder: String?, offline: Bool, report: (String) -> Void
  ) throws -> [String] {
    for name in names { _ = try DatasetCatalog.recipe(name) }
    var (ready, failures): ([String], [DatasetError]) = ([], [])
    for name in names.isEmpty ? Self.preparable : names {
      do {
        try DatasetCatalog.prepare(name, from: folder, offline: offline, into: DataFolder(path: data), report: report)
        ready.append(name)
      } catch let error as DatasetError {
        failures.append(error)
      }
    }
    let faults = names.isEmpty && !ready.isEmpty ? failures.filter { !$0.isAbsence } : failures
    for failure in failures where failure != faults.last { report(sentence(of: failure)) }
    if let fault = faults.last { throw fault }
    return ready
  }
}

extension DatasetError {
  /// Whether a dataset is simply not there.
  fileprivate var isAbsence: Bool {
    switch self {
    case .missing, .byHand: true
    default: false
    }
  }
}
