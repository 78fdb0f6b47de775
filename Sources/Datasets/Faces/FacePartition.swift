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
