import CZlib
package import Foundation

/// The files in a zip archive, read by their names; nothing is ever unpacked to a path.
///
/// Source: PKWARE's APPNOTE 6.3: the central directory at the archive's end (4.3.12 to 4.3.16), with the 64-bit records
/// that archives of more than 65,535 files have.
package struct Zip {
  /// A file of the archive.
  package struct Entry {
    package let name: String
    /// Bytes, packed and unpacked.
    package let packed: Int
    package let size: Int
    fileprivate let flags: Int
    fileprivate let method: Int
    fileprivate let checksum: Int
    fileprivate let offset: Int
  }

  /// In the archive's order.
  package let entries: [Entry]
  package var path: String { file.path }
  private let file: OpenFile

  /// - Throws: `DatasetError.malformed` or `.unreadable`.
  package init(_ path: String) throws {
    file = try OpenFile(path)
    entries = try Self.entries(in: file.bytes(try Self.directory(of: file)), of: path)
    // Names for the same bytes would unpack to any size.
    var left = file.length
    for entry in entries {
      guard entry.packed <= left else {
        throw DatasetError.malformed(path, reason: "is a damaged zip archive: files in it share their bytes")
      }
      left -= entry.packed
    }
  }

  /// Refuses an archive that has a name which leads out of it, although nothing here is ever unpacked to a path.
  /// - Throws: `DatasetError.malformed`.
  package func checkNames() throws(DatasetError) {
    for entry in entries {
      let parts = entry.name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
      guard !entry.name.hasPrefix("/"), !entry.name.hasPrefix("\\"), !parts.contains("..") else {
        throw .malformed(path, reason: "has a file named '\(entry.name)', which leads out of the archive")
      }
    }
  }

  /// A file's contents, its checksum verified.
  /// - Parameter limit: bytes; an entry that says it is larger is refused.
  /// - Throws: `DatasetError.malformed`.
  package func contents(of entry: Entry, limit: Int) throws -> [UInt8] {
    guard entry.size <= limit else {
      throw fault("is too large: \(entry.size) bytes, at most \(limit) are read", entry)
    }
    let stream = try stream(of: entry)
    let bytes = try stream.read(entry.size)
    guard try stream.isAtEnd() else { throw fault("is larger than it says", entry) }
    guard Self.checksum(bytes) == entry.checksum else { throw fault("is damaged", entry) }
    return bytes
  }

  /// The whole archive, mapped into memory.
  /// - Throws: `DatasetError.unreadable`.
  package func mapped() throws(DatasetError) -> Data { try Data(mapping: path) }

  /// A file's contents, its checksum verified: those of a file that is not packed stay in the mapped archive.
  /// - Parameter limit: bytes; a packed entry that says it is larger is refused.
  /// - Throws: `DatasetError.malformed`.
  package func data(of entry: Entry, in archive: Data, limit: Int) throws -> Data {
    guard entry.method == 0 else { return Data(try contents(of: entry, limit: limit)) }
    let place = try place(of: entry)
    guard place.upperBound <= archive.count else { throw fault("goes on after the archive's end", entry) }
    let data = archive[place]
    guard Self.checksum(data) == entry.checksum else { throw fault("is damaged", entry) }
    return data
  }

  /// A file's contents from their front, unpacked on the way; their checksum is not verified.
  /// - Throws: `DatasetError.malformed`.
  package func stream(of entry: Entry) throws -> any ByteStream {
    let stream = FileStream(file, try place(of: entry))
    switch entry.method {
    case 0: return stream
    case 8: return Inflate(stream, .none)
    default: throw fault("is packed in a way this program does not know", entry)
    }
  }

  /// Where the packed bytes lie.
  private func place(of entry: Entry) throws -> Range<Int> {
    guard entry.flags & 1 == 0 else { throw fault("is encrypted", entry) }
    let header = Field(bytes: try file.bytes(entry.offset..<(entry.offset + 30)))
    guard header.number(at: 0, bytes: 4) == 0x0403_4b50 else { throw fault("is not where it should be", entry) }
    let start = entry.offset + 30 + header.number(at: 26, bytes: 2) + header.number(at: 28, bytes: 2)
    guard entry.packed <= file.length - start else { throw fault("goes on after the archive's end", entry) }
    // Deflate makes at most 1,032 bytes of one; what is not packed is as large as it is.
    guard entry.method == 0 ? entry.size == entry.packed : entry.size / 1032 <= entry.packed else {
      throw fault("says that it is larger than it can be", entry)
    }
    return start..<(start + entry.packed)
  }

  private static func checksum(_ bytes: some ContiguousBytes) -> Int {
    // In pieces, because zlib counts in 32 bits.
    bytes.withUnsafeBytes { bytes in
      var (checksum, offset) = (crc32(0, nil, 0), 0)
      while offset < bytes.count {
        let count = min(bytes.count - offset, 1 << 30)
        let start = bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: UInt8.self)
        checksum = crc32(checksum, start, UInt32(count))
        offset += count
      }
      return Int(checksum)
    }
  }

  private func fault(_ reason: String, _ entry: Entry) -> DatasetError {
    .malformed(file.path, reason: "is damaged: \(entry.name) in it \(reason)")
  }
}

extension Zip {
  /// Little-endian numbers at places of a record.
  private struct Field {
    let bytes: [UInt8]

    func number(at offset: Int, bytes count: Int) -> Int {
      let value = bytes[offset..<(offset + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      // What no file can be as long as is cut to what no file is as long as.
      return Int(min(value, 1 << 48))
    }

    func holds(_ signature: Int, at offset: Int) -> Bool {
      offset >= 0 && offset + 4 <= bytes.count && number(at: offset, bytes: 4) == signature
    }
  }

  /// Where the central directory lies, by the record at the archive's end.
  private static func directory(of file: OpenFile) throws -> Range<Int> {
    // The record has 22 bytes and a comment of up to 65,535.
    let tail = Field(bytes: try file.bytes(max(0, file.length - 22 - 65_535)..<file.length))
    guard tail.bytes.count >= 22,
      let place = (0...(tail.bytes.count - 22)).last(where: {
        tail.holds(0x0605_4b50, at: $0) && $0 + 22 + tail.number(at: $0 + 20, bytes: 2) == tail.bytes.count
      })
    else { throw DatasetError.malformed(file.path, reason: "is no zip archive, or a truncated one") }
    var (size, offset) = (tail.number(at: place + 12, bytes: 4), tail.number(at: place + 16, bytes: 4))
    if tail.holds(0x0706_4b50, at: place - 20) {
      let start = tail.number(at: place - 20 + 8, bytes: 8)
      let record = Field(bytes: try file.bytes(start..<(start + 56)))
      guard record.holds(0x0606_4b50, at: 0) else {
        throw DatasetError.malformed(file.path, reason: "is a damaged zip archive: its directory is not found")
      }
      (size, offset) = (record.number(at: 40, bytes: 8), record.number(at: 48, bytes: 8))
    }
    return offset..<(offset + size)
  }

  private static func entries(in directory: [UInt8], of path: String) throws -> [Entry] {
    let (field, damaged) = (
      Field(bytes: directory), DatasetError.malformed(path, reason: "is a damaged zip archive: so is its directory")
    )
    var (entries, offset): ([Entry], Int) = ([], 0)
    while offset < directory.count {
      guard field.holds(0x0201_4b50, at: offset), offset + 46 <= directory.count else { throw damaged }
      let name = offset + 46
      let extra = name + field.number(at: offset + 28, bytes: 2)
      let comment = extra + field.number(at: offset + 30, bytes: 2)
      let next = comment + field.number(at: offset + 32, bytes: 2)
      guard next <= directory.count else { throw damaged }
      entries.append(entry(field, at: offset, name: name..<extra, extra: extra..<comment))
      offset = next
    }
    return entries
  }

  private static func entry(_ field: Field, at offset: Int, name: Range<Int>, extra: Range<Int>) -> Entry {
    // Unpacked and packed size and place, from the 64-bit record where 32 bits do not hold them.
    var numbers = [24, 20, 42].map { field.number(at: offset + $0, bytes: 4) }
    var wide = wideNumbers(field, in: extra)[...]
    for index in numbers.indices where numbers[index] == 0xffff_ffff {
      if let number = wide.popFirst() { numbers[index] = number }
    }
    return Entry(
      name: String(decoding: field.bytes[name], as: UTF8.self), packed: numbers[1], size: numbers[0],
      flags: field.number(at: offset + 8, bytes: 2), method: field.number(at: offset + 10, bytes: 2),
      checksum: field.number(at: offset + 16, bytes: 4), offset: numbers[2])
  }

  /// The 64-bit numbers of the extra field 1.
  private static func wideNumbers(_ field: Field, in extra: Range<Int>) -> [Int] {
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let end = offset + 4 + field.number(at: offset + 2, bytes: 2)
      if field.number(at: offset, bytes: 2) == 1, end <= extra.upperBound {
        return stride(from: offset + 4, to: end - 7, by: 8).map { field.number(at: $0, bytes: 8) }
      }
      offset = end
    }
    return []
  }
}
