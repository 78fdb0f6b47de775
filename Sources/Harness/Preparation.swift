import Datasets
import Foundation

extension Workspace {
  /// The datasets that come from files.
  package static var preparable: [String] {
    DatasetCatalog.all.filter { !$0.card.isSynthetic }.map { $0.card.name }
  }

  /// Makes sure that the datasets' files are in the data directory; see `DatasetCatalog.prepare`.
  /// - Throws: `DatasetError`.
  package func prepare(_ names: [String], from folder: String?, offline: Bool, report: (String) -> Void) throws {
    for name in names { _ = try DatasetCatalog.recipe(name) }
    for name in names {
      try DatasetCatalog.prepare(name, from: folder, offline: offline, into: DataFolder(path: data), report: report)
    }
  }
}
