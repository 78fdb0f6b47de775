import Experiments
import Foundation

/// One official file of a dataset, known by its content where its authors or others have published a checksum.
package struct DataFile: Sendable, Hashable {
  package let name: String
  /// The folder that the official archive keeps it in; it is looked for there and without it.
  package let folder: String?
  package let proof: Proof
  /// Where it can be downloaded, best first; each ends in a slash and the file's name follows. None where a person has to
  /// agree to something first.
  package let mirrors: [String]

  /// By what it is known.
  package enum Proof: Sendable, Hashable {
    /// Bytes, and a SHA-256 of 64 hexadecimal digits.
    case digest(bytes: Int, sha256: String)
    /// The first digits of the SHA-256, which is how PyTorch names files.
    case beginning(sha256: String)
    /// Bytes alone: no checksum is published.
    case length(bytes: Int)
    /// Nothing: it is a folder of pictures, whose names and contents are checked when they are read.
    case folder
    /// Nothing: it is checked when it is read.
    case contents
  }

  package init(name: String, folder: String? = nil, proof: Proof, mirrors: [String] = []) {
    self.name = name
    self.folder = folder
    self.proof = proof
    self.mirrors = mirrors
  }

  package init(name: String, folder: String? = nil, bytes: Int, sha256: String, mirrors: [String] = []) {
    self.init(name: name, folder: folder, proof: .digest(bytes: bytes, sha256: sha256), mirrors: mirrors)
  }

  /// The addresses it can be downloaded from, in the order in which they are tried.
  package var addresses: [String] { mirrors.map { $0 + name } }

  /// Its length; `nil` where that is not known.
  package var bytes: Int? {
    switch proof {
    case .digest(let bytes, _), .length(let bytes): bytes
    case .beginning, .folder, .contents: nil
    }
  }

  /// Whether its content is known by a checksum.
  var isProven: Bool { sha256 != nil }

  /// What is known of the digits of its SHA-256: all, the first few, or `nil`.
  private var sha256: String? {
    switch proof {
    case .digest(_, let sha256), .beginning(let sha256): sha256
    case .length, .folder, .contents: nil
    }
  }

  /// Checks that the file at `path` is this one, byte for byte where a checksum is published.
  ///
  /// The length is checked first, because a download that broke off deserves to be told so.
  /// - Throws: `DatasetError.wrongLength`, `.foreign` or `.unreadable`.
  package func verify(_ path: String) throws(DatasetError) {
    if proof == .folder {
      guard Self.isFolder(path) else { throw .unreadable(path, reason: "it is no folder") }
      return
    }
    let file = try OpenFile(path)
    if let bytes, file.length != bytes { throw .wrongLength(path, bytes: file.length, expected: bytes) }
    guard let sha256 else { return }
    let digest = try file.digest()
    guard digest.hasPrefix(sha256) else { throw .foreign(path, sha256: digest, expected: sha256) }
  }

  /// Whether the file at `path` is this one; `false` as well if it cannot be read.
  package func isRight(_ path: String) -> Bool {
    do { try verify(path) } catch { return false }
    return true
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

extension OpenFile {
  /// SHA-256 of a range of bytes, or of all.
  /// - Throws: `DatasetError.unreadable`.
  package func digest(_ range: Range<Int>? = nil) throws(DatasetError) -> String {
    var digest = Digest()
    let (range, buffer) = (range ?? 0..<length, UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20))
    defer { buffer.deallocate() }
    var offset = range.lowerBound
    while offset < range.upperBound {
      let room = min(buffer.count, range.upperBound - offset)
      let count = try read(at: offset, into: UnsafeMutableBufferPointer(rebasing: buffer[..<room]))
      guard count > 0 else { break }
      digest.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
      offset += count
    }
    return digest.hexadecimal()
  }
}
