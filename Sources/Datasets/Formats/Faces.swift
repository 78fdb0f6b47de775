import Experiments
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

/// CelebA's images, divided into training and test images.
struct FaceAlbum {
  private let source: any FaceSource
  private let areHalved: Bool

  init(_ source: any FaceSource, areHalved: Bool = false) {
    self.source = source
    self.areHalved = areHalved
  }

  /// - Parameter partition: the path of the official list; without it, the ranges of numbers that it consists of.
  /// - Throws: `DatasetError`.
  func pictures(partition: String?) throws -> Pictures {
    let parts = try partition.map { try FacePartition($0) }
    var (train, test) = ([Int](), [Int]())
    for number in source.numbers {
      switch try parts?.part(of: number) ?? FacePartition.part(of: number) {
      case .train: train.append(number)
      case .validation: break
      case .test: test.append(number)
      }
    }
    guard train.count >= 10 else {
      throw DatasetError.malformed(source.path, reason: "has \(train.count) training images named 000001.jpg and so on")
    }
    var remarks = remarks(train: train.count, test: test.count)
    if test.isEmpty {
      let held = min(1000, train.count / 10)
      remarks.append(
        "no official test image is there: the last \(Numerals.count(held)) training images are held out instead")
      (train, test) = (Array(train.dropLast(held)), train.suffix(held))
    }
    return Pictures(train: split(train), test: split(test), remarks: remarks, areHalved: areHalved)
  }

  private func remarks(train: Int, test: Int) -> [String] {
    var remarks = source.remarks
    let card = CelebA.card
    if train < card.trainCount || test < card.testCount {
      remarks.append(
        "\(Numerals.count(train)) of the \(Numerals.count(card.trainCount)) training and \(Numerals.count(test)) of the "
          + "\(Numerals.count(card.testCount)) test images are there")
    }
    if areHalved {
      remarks.append(
        "the images are at half of the official size, 109 × 89 pixels, saved again by a third party; "
          + "crops are taken at half of their size")
    }
    return remarks
  }

  private func split(_ numbers: [Int]) -> Split {
    let (height, width) = (CelebA.card.itemShape[1], CelebA.card.itemShape[2])
    let shape = areHalved ? [3, height / 2, width / 2] : [3, height, width]
    return Split(count: numbers.count, shape: shape) { [source] body in
      let codec = JPEG()
      for number in numbers {
        let name = source.path + "/" + source.name(of: number)
        try body(try codec.decode(try source.file(number), shape: shape, name: name), nil)
      }
    }
  }
}

/// To which part of CelebA an image belongs.
struct FacePartition {
  enum Part: Int { case train, validation, test }

  private let parts: [Int: Part]
  private let path: String

  /// The official ranges: 162,770 training, 19,867 validation and 19,962 test images.
  static func part(of number: Int) -> Part {
    switch number {
    case ...162_770: .train
    case ...182_637: .validation
    default: .test
    }
  }

  /// The official list: a name and 0, 1 or 2 a line.
  /// - Throws: `DatasetError.malformed`, `.unreadable`.
  init(_ path: String) throws {
    let file = try OpenFile(path)
    guard file.length <= 1 << 24 else { throw DatasetError.malformed(path, reason: "is too large for a partition") }
    var parts: [Int: Part] = [:]
    for line in String(decoding: try file.bytes(0..<file.length), as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let number = LooseFaces.number(of: words[0]),
        let part = Int(words[1]).flatMap(Part.init)
      else { throw DatasetError.malformed(path, reason: "has the line '\(line.prefix(40))'") }
      parts[number] = part
    }
    self.parts = parts
    self.path = path
  }

  /// - Throws: `DatasetError.malformed` for an image that is not in the list.
  func part(of number: Int) throws(DatasetError) -> Part {
    guard let part = parts[number] else { throw .malformed(path, reason: "does not list image \(number)") }
    return part
  }
}
