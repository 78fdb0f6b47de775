import Experiments
import Foundation

/// One official file of a dataset, known by its content.
package struct DataFile: Sendable, Hashable {
  package let name: String
  package let bytes: Int
  /// 64 hexadecimal digits.
  package let sha256: String
  /// Where it can be downloaded, best first; each ends in a slash and the file's name follows.
  package let mirrors: [String]

  package init(name: String, bytes: Int, sha256: String, mirrors: [String]) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.mirrors = mirrors
  }

  /// The addresses it can be downloaded from, in the order in which they are tried.
  package var addresses: [String] { mirrors.map { $0 + name } }

  /// Checks that the file at `path` is this one, byte for byte.
  ///
  /// The length is checked first, because a download that broke off deserves to be told so.
  /// - Throws: `DatasetError.wrongLength`, `.foreign` or `.unreadable`.
  package func verify(_ path: String) throws(DatasetError) {
    let (length, digest) = try Self.lengthAndDigest(of: path)
    guard length == bytes else { throw .wrongLength(path, bytes: length, expected: bytes) }
    guard digest == sha256 else { throw .foreign(path, sha256: digest, expected: sha256) }
  }

  /// Whether the file at `path` is this one; `false` as well if it cannot be read.
  package func isRight(_ path: String) -> Bool {
    do { try verify(path) } catch { return false }
    return true
  }

  private static func lengthAndDigest(of path: String) throws(DatasetError) -> (Int, String) {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { handle.closeFile() }
      var (length, digest) = (0, Digest())
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        length += piece.count
        piece.withUnsafeBytes { digest.update($0) }
      }
      return (length, digest.hexadecimal())
    } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }
}
