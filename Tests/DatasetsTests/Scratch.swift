import Archives
import Experiments
import Foundation

@testable import Datasets

/// A folder for one test, gone after it.
final class Scratch {
  let path: String
  var folder: DataFolder { DataFolder(path: path) }

  init() throws {
    path = NSTemporaryDirectory() + "assay-datasets-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("\(path) stays: \(error)") }
  }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try writeQuickly(bytes, to: url.path)
    return url.path
  }

  func contents(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path + "/" + name).map { Array($0) }
  }

  /// All files, with their folders, in alphabetical order.
  func files() -> [String] {
    FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }.filter { contents($0) != nil }
      .sorted() ?? []
  }
}

extension DataFile {
  /// The file of a name that has the given contents.
  init(name: String, folder: String? = nil, contents: [UInt8], mirrors: [String] = []) {
    self.init(
      name: name, folder: folder, bytes: contents.count, sha256: Digest.hexadecimal(Data(contents)), mirrors: mirrors)
  }
}

extension DataForm {
  /// A form whose files nobody opens.
  static func unread(_ files: [DataFile], optional: Set<String> = []) -> DataForm {
    DataForm(files: files, optional: optional) { _ in throw DatasetError.unreadable("a form", reason: "nobody opens it")
    }
  }
}

/// An idx file, not yet in gzip: the magic number, the dimensions, the bytes.
func idx(magic: Int, dimensions: [Int], bytes: [UInt8]) -> [UInt8] {
  ([magic] + dimensions).flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } } + bytes
}
