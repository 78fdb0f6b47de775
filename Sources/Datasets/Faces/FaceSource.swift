import Foundation

/// CelebA's JPEG files, wherever they lie.
protocol FaceSource {
  /// Sentences about what could not be checked.
  var remarks: [String] { get }
  /// Where they lie, for messages.
  var path: String { get }
  /// The images' numbers, in ascending order: 1 for `000001.jpg`.
  var numbers: [Int] { get }
  func file(_ number: Int) throws -> [UInt8]
}

extension FaceSource {
  /// The bytes that no picture of this dataset comes near.
  static var limit: Int { 1 << 22 }

  /// The number in `000001.jpg`; `nil` for any other name.
  static func number(of name: some StringProtocol) -> Int? {
    guard name.count == 10, name.hasSuffix(".jpg"), name.prefix(6).allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    return Int(name.prefix(6))
  }

  func name(of number: Int) -> String { String(format: "%06d.jpg", number) }
}

/// The files in a zip archive's folder.
struct ZippedFaces: FaceSource {
  let remarks: [String] = []
  let path: String
  let numbers: [Int]
  private let archive: Zip
  private let entries: [Int: Zip.Entry]

  init(_ path: String, folder: String) throws {
    let archive = try Zip(path)
    let pairs = archive.entries.compactMap { entry in
      entry.name.hasPrefix(folder + "/")
        ? Self.number(of: entry.name.dropFirst(folder.count + 1)).map { ($0, entry) } : nil
    }
    self.path = path
    self.archive = archive
    entries = Dictionary(pairs) { first, _ in first }
    numbers = entries.keys.sorted()
  }

  func file(_ number: Int) throws -> [UInt8] {
    guard let entry = entries[number] else {
      throw DatasetError.malformed(path, reason: "has no \(name(of: number))")
    }
    return try archive.contents(of: entry, limit: Self.limit)
  }
}

/// The files in a folder.
struct LooseFaces: FaceSource {
  let path: String
  let numbers: [Int]

  var remarks: [String] {
    ["the images lie in a folder: their names and sizes were checked, there are no checksums of single files"]
  }

  init(_ path: String) throws(DatasetError) {
    self.path = path
    do { numbers = try FileManager.default.contentsOfDirectory(atPath: path).compactMap(Self.number).sorted() } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }

  func file(_ number: Int) throws -> [UInt8] {
    let file = try OpenFile((path as NSString).appendingPathComponent(name(of: number)))
    guard file.length <= Self.limit else { throw DatasetError.malformed(file.path, reason: "is too large for a face") }
    return try file.bytes(0..<file.length)
  }
}
