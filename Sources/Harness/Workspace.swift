import Experiments
import Foundation
package import Store

/// The papers, the store and the data that a command works with.
package struct Workspace: Sendable {
  /// The papers' folder.
  package let baselines: String
  package let papers: PaperCatalog
  /// The store's file.
  package let store: String
  /// The data directory.
  package let data: String

  /// - Parameters: what the command line gave; `nil` for the usual places.
  /// - Throws: `HarnessError` and `SettingsFault` where there are no papers that can be read.
  package init(baselines: String?, store: String?, data: String?, places: Places = .here) throws {
    self.baselines = try places.baselines(baselines)
    papers = try PaperCatalog(baselines: self.baselines)
    self.store = places.store(store)
    self.data = places.data(data)
  }

  /// Opens the store for writing, made where there is none, with the published tables of today's files.
  /// - Throws: `HarnessError.unwritable`, `StoreError`.
  package func openStore() throws -> RunStore {
    let opened = try RunStore.open(store)
    try opened.replacePublished(papers.papers.flatMap(\.published))
    do {
      try FileManager.default.createDirectory(atPath: checkpoints, withIntermediateDirectories: true)
    } catch {
      throw HarnessError.unwritable(checkpoints, reason: "the folder cannot be made")
    }
    return opened
  }

  /// The folder of trained weights, beside the store.
  var checkpoints: String { (store as NSString).deletingLastPathComponent + "/checkpoints" }

  /// The folder of features of real images, beside the store.
  package var features: String { (store as NSString).deletingLastPathComponent + "/features" }

  /// The store, where there is one, for reading only.
  /// - Throws: `StoreError`.
  package func existingStore() throws -> RunStore? {
    FileManager.default.fileExists(atPath: store) ? try RunStore.read(store) : nil
  }
}
