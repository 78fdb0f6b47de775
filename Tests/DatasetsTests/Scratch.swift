import CZlib
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
    try Data(bytes).write(to: url)
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

/// The bytes as a gzip file: 15 is the largest window, + 16 a gzip header.
func gzip(_ bytes: [UInt8]) -> [UInt8] { packed(bytes, windowBits: 15 + 16) }

/// The bytes as zlib packs them.
func packed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
  var stream = z_stream()
  // 8: zlib's usual memory.
  deflateInit2_(
    &stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var (input, capacity) = (bytes, Int(deflateBound(&stream, UInt(bytes.count))))
  return [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(capacity)
      deflate(&stream, Z_FINISH)
    }
    capacity -= Int(stream.avail_out)
    filled = capacity
  }
}

/// An idx file, not yet in gzip: the magic number, the dimensions, the bytes.
func idx(magic: Int, dimensions: [Int], bytes: [UInt8]) -> [UInt8] {
  ([magic] + dimensions).flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } } + bytes
}
