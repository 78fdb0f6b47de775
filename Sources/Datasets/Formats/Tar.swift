/// Reads one file out of a tar archive by its name; nothing is ever unpacked to a path.
///
/// Source: POSIX.1-2017, `pax`, "ustar Interchange Format": blocks of 512 bytes, a header before each file.
package enum Tar {
  private static let block = 512

  /// The contents of a regular file in an archive that is read from its front.
  /// - Throws: `DatasetError.malformed` if the archive is damaged or has no such file.
  package static func file(_ name: String, in archive: any ByteStream) throws -> any ByteStream {
    while true {
      let header = try archive.read(block)
      guard header.contains(where: { $0 != 0 }) else {
        throw DatasetError.malformed(archive.path, reason: "is a tar archive without a file named '\(name)'")
      }
      let size = try size(header, of: archive)
      if isRegular(header), self.name(header) == name { return Window(archive, count: size) }
      try archive.skip((size + block - 1) / block * block)
    }
  }

  private static func size(_ header: [UInt8], of archive: any ByteStream) throws -> Int {
    let sum = header.indices.reduce(0) { $0 + Int((148..<156).contains($1) ? UInt8(ascii: " ") : header[$1]) }
    guard octal(header[148..<156]) == sum, let size = octal(header[124..<136]) else {
      throw DatasetError.malformed(archive.path, reason: "is no tar archive, or a damaged one")
    }
    return size
  }

  /// '0', or 0 in archives older than the standard.
  private static func isRegular(_ header: [UInt8]) -> Bool { header[156] == UInt8(ascii: "0") || header[156] == 0 }

  private static func name(_ header: [UInt8]) -> String {
    let isStandard = header[257..<262].elementsEqual("ustar".utf8)
    let prefix = isStandard ? text(header[345..<500]) : ""
    return prefix.isEmpty ? text(header[..<100]) : prefix + "/" + text(header[..<100])
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Digits with blanks before and a blank or a zero behind; `nil` for anything else.
  private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
    let digits = text(bytes).split(separator: " ")
    return digits.count == 1 ? Int(digits[0], radix: 8).flatMap { $0 >= 0 ? $0 : nil } : nil
  }
}
