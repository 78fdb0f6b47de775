import Experiments
import Foundation
import Harness

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "harness-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // What cannot be removed stays in the system's temporary folder.
    do { try FileManager.default.removeItem(atPath: path) } catch {}
  }

  func write(_ text: String, to name: String) throws {
    let place = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: place, atomically: true, encoding: .utf8)
  }
}

/// The repository's own papers, and copies of them with something changed.
enum Baselines {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Baselines")
    .standardizedFileURL.path

  static func catalog() throws -> PaperCatalog { try PaperCatalog(baselines: folder) }

  /// The catalog of dpVAE's file with the first occurrence of one text replaced by another, and of its table likewise.
  static func catalog(replacing old: String, with new: String, in file: String = "paper.yaml") throws -> PaperCatalog {
    let copy = try TemporaryFolder()
    for name in ["paper.yaml", "table-1.csv"] {
      var text = try String(contentsOfFile: "\(folder)/dpvae/\(name)", encoding: .utf8)
      if name == file, let place = text.range(of: old) { text.replaceSubrange(place, with: new) }
      try copy.write(text, to: "Baselines/dpvae/\(name)")
    }
    return try PaperCatalog(baselines: copy.path + "/Baselines")
  }

  /// The line of dpVAE's file on which a text stands first.
  static func line(of text: String) throws -> Int {
    let file = try String(contentsOfFile: "\(folder)/dpvae/paper.yaml", encoding: .utf8)
    return file.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains(text) }.map { $0 + 1 } ?? 0
  }

  /// What is said of dpVAE's file when the first occurrence of one text is replaced by another.
  static func complaint(replacing old: String, with new: String, in file: String = "paper.yaml") -> String {
    do {
      _ = try catalog(replacing: old, with: new, in: file)
      return ""
    } catch {
      return "\(error)"
    }
  }
}
