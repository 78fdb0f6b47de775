import Experiments
import Foundation
package import Store

extension Workspace {
  /// Takes over the runs of other stores, one after the other.
  ///
  /// All files are looked at before the first is taken over.
  /// - Returns: what became of the runs of each, in the order of the files.
  /// - Throws: `StoreError` where one of the files is no store or this program's store cannot be written.
  package func merge(_ files: [String]) throws -> [Merge] {
    for file in files { _ = try RunStore.read(file) }
    let store = try openStore()
    return try files.map { try store.merge(try RunStore.read($0)) }
  }

  /// Writes the runs of the selected experiments, and all baselines, to a store of their own.
  /// - Throws: `HarnessError.occupied` where the file is there, `HarnessError.unknownExperiment`, `StoreError`.
  package func export(_ selectors: [String], to file: String) throws -> Merge {
    guard !FileManager.default.fileExists(atPath: file) else { throw HarnessError.occupied(file) }
    let experiments = Set(try papers.experiments(matching: selectors).map(\.id))
    let ours = try RunStore.read(store)
    return try RunStore.create(file) { copy in
      try copy.replacePublished(papers.papers.flatMap(\.published))
      return try copy.merge(ours) { selectors.isEmpty || experiments.contains($0.experiment) }
    }
  }
}
