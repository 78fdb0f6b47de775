import Foundation

/// The PNG and JPEG pictures of a folder or a zip archive, in the natural order of their names: `img2` before `img10`.
///
/// Of a folder only what lies directly in it counts, of an archive everything. Other files are left alone.
struct PictureAlbum {
  /// Paths, for messages.
  let names: [String]
  /// The contents of the picture of an index.
  let contents: (Int) throws -> [UInt8]

  /// More bytes than any picture takes that is worth reading.
  static let limit = 1 << 28

  /// - Throws: `SampleError.noPictures`, `.unusable`.
  init(folder path: String) throws {
    let entries: [String]
    do { entries = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw SampleError.unusable(path, reason: "cannot be listed (check its permissions)")
    }
    let visible = entries.filter { !$0.hasPrefix(".") }
    let pictures = visible.filter(isPicture).sorted(by: precedesNaturally).map { path + "/" + $0 }
    guard !pictures.isEmpty else { throw SampleError.noPictures(path, others: visible.count) }
    names = pictures
    contents = { index in
      let file = pictures[index]
      return try reading(file) {
        let stream = try OpenFile(file)
        guard stream.length <= PictureAlbum.limit else {
          throw DatasetError.malformed(file, reason: "has \(stream.length) bytes, which is more than is read")
        }
        return try stream.bytes(0..<stream.length)
      }
    }
  }

  /// - Throws: `SampleError.noPictures`, `.unusable`.
  init(zip path: String) throws {
    let archive = try reading(path) {
      let archive = try Zip(path)
      try archive.checkNames()
      return archive
    }
    let visible = archive.entries.filter { !isHidden($0.name) }
    let pictures = visible.filter { isPicture($0.name) }.sorted { precedesNaturally($0.name, $1.name) }
    guard !pictures.isEmpty else { throw SampleError.noPictures(path, others: visible.count) }
    names = pictures.map { "\(path)/\($0.name)" }
    contents = { index in
      try reading(path) { try archive.contents(of: pictures[index], limit: PictureAlbum.limit) }
    }
  }

  /// Decodes pictures one after another; each must have the first one's shape.
  /// - Throws: `SampleError.mixed`, `.unusable`.
  func forEach(_ range: Range<Int>, shape: [Int]? = nil, _ body: (Int, Raster) throws -> Void) throws {
    let decoder = PictureDecoder()
    var expected = shape
    for index in range {
      let raster = try reading(names[index]) { try decoder.decode(try contents(index), name: names[index]) }
      if let expected, raster.shape != expected {
        throw SampleError.mixed(
          first: names[0], firstShape: expected, second: names[index], secondShape: raster.shape)
      }
      expected = raster.shape
      try body(index, raster)
    }
  }
}

private func isPicture(_ name: String) -> Bool {
  let name = name.lowercased()
  return [".png", ".jpg", ".jpeg"].contains { name.hasSuffix($0) }
}

/// Folders, and what desktops put into archives.
private func isHidden(_ name: String) -> Bool {
  name.hasSuffix("/") || name.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
}

/// Whether a name comes before another where runs of digits count as numbers; names that differ only in leading zeros
/// are told apart by their bytes.
func precedesNaturally(_ a: String, _ b: String) -> Bool {
  let (left, right) = (pieces(of: a), pieces(of: b))
  for (one, other) in zip(left, right) where one != other {
    guard one.isNumber, other.isNumber else { return one.text < other.text }
    let (x, y) = (one.text.drop { $0 == "0" }, other.text.drop { $0 == "0" })
    if x.count != y.count { return x.count < y.count }
    if x != y { return x < y }
  }
  return left.count == right.count ? a < b : left.count < right.count
}

private struct Piece: Equatable {
  let text: Substring
  let isNumber: Bool
}

/// A name cut where digits begin and end.
private func pieces(of name: String) -> [Piece] {
  var (pieces, rest) = ([Piece](), name[...])
  while let first = rest.first {
    let isNumber = isDigit(first)
    let text = rest.prefix { isDigit($0) == isNumber }
    pieces.append(Piece(text: text, isNumber: isNumber))
    rest = rest.dropFirst(text.count)
  }
  return pieces
}

private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
