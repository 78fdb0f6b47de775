import Experiments
import Foundation
import Tensors

/// Items that were converted once: a file that is mapped into memory, so that only what is read is ever there.
///
/// The file holds the training items, the test items, then the training and test labels where there are any, one byte a
/// number; then what they are (`Contents`) as JSON, its length in 8 bytes (big-endian), its SHA-256, and 8 letters. It is
/// written beside its final name and renamed, and never changed afterwards.
struct ItemCache {
  /// What a cache file says of itself.
  struct Contents: Codable, Equatable {
    let dataset: String
    let preprocessing: String
    let version: Int
    /// `[channels, height, width]`.
    let shape: [Int]
    let trainCount: Int
    let testCount: Int
    let isLabelled: Bool
    let remarks: [String]
    /// The files it was made from.
    let originals: [FileStamp]
    /// SHA-256 of all items, training items first.
    let digest: String
    let labelDigest: String

    /// Whether each split fits into a file of so many bytes, so that no sum or product below is beyond an `Int`.
    func fits(in length: Int) -> Bool {
      shape.count == 3 && !shape.contains(0)
        && [trainCount, testCount].allSatisfy { (NumberFormat.uint8.bytes(of: shape + [$0]) ?? .max) <= length }
    }

    var size: Int { shape.reduce(1, *) }
    /// Where the items end and the labels begin.
    var itemBytes: Int { (trainCount + testCount) * size }
    var bytes: Int { itemBytes + (isLabelled ? trainCount + testCount : 0) }
  }

  static let signature = Array("assay-i1".utf8)
  /// The length of the JSON, its SHA-256 in binary, the signature.
  static let footer = 8 + 32 + 8

  let path: String
  let contents: Contents
  private let file: OpenFile

  /// - Throws: `DatasetError.malformed` if it is not a cache file, or not whole; `.unreadable`.
  init(_ path: String) throws {
    file = try OpenFile(path)
    self.path = path
    contents = try Self.contents(of: file)
  }

  private static func contents(of file: OpenFile) throws -> Contents {
    let damaged = DatasetError.malformed(file.path, reason: "is no whole file of converted items")
    guard file.length >= footer else { throw damaged }
    let footer = try file.bytes((file.length - footer)..<file.length)
    let count = footer[..<8].reduce(0) { $0 << 8 | Int($1) }
    let end = file.length - footer.count
    guard Array(footer.suffix(8)) == signature, (0...(1 << 20)).contains(count), count <= end else { throw damaged }
    let json = Data(try file.bytes((end - count)..<end))
    var digest = Digest()
    json.withUnsafeBytes { digest.update($0) }
    guard digest.bytes() == Array(footer[8..<40]) else { throw damaged }
    let contents: Contents
    do { contents = try JSONDecoder().decode(Contents.self, from: json) } catch { throw damaged }
    guard contents.fits(in: end), contents.bytes == end - count else { throw damaged }
    return contents
  }

  /// Both splits, mapped, after all bytes were checked against their digests.
  ///
  /// The check reads the file from front to back but keeps nothing of it; it takes about a second for 2 GB.
  /// - Throws: `DatasetError.malformed`, `.unreadable`.
  func items() throws -> (train: Items, test: Items) {
    guard try file.digest(0..<contents.itemBytes) == contents.digest,
      try file.digest(contents.itemBytes..<contents.bytes) == contents.labelDigest
    else { throw DatasetError.malformed(path, reason: "is damaged: its items are not those that were written") }
    let bytes = try mapped()
    let (size, train, test) = (contents.size, contents.trainCount, contents.testCount)
    let labels = contents.isLabelled ? [UInt8](bytes[contents.itemBytes..<contents.bytes]) : []
    return (
      train: Items(
        count: train, size: size, storage: .mapped(bytes[..<(train * size)]), labels: Array(labels.prefix(train))),
      test: Items(
        count: test, size: size, storage: .mapped(bytes[(train * size)..<contents.itemBytes]),
        labels: Array(labels.suffix(contents.isLabelled ? test : 0)))
    )
  }

  private func mapped() throws(DatasetError) -> Data {
    do { return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }
}
