package import Foundation

/// A safetensors file: its header is read and checked as a whole, its numbers when they are asked for.
///
/// The format: the header's length as 8 little-endian bytes; the header, a JSON object from each name to type, shape
/// and byte range, with strings under `__metadata__`; the numbers, whose ranges follow each other without a gap.
/// Source: https://github.com/huggingface/safetensors, README, "Format".
package struct SafetensorsFile {
  /// What the header says of one array.
  package struct Entry: Equatable, Sendable {
    package let name: String
    package let format: NumberFormat
    package let shape: [Int]
    /// From the end of the header.
    fileprivate let range: Range<Int>
  }

  package let path: String
  package let metadata: [String: String]
  /// In order of name.
  package let entries: [Entry]
  private let numbers: Data

  /// Bytes; that of a network of ten thousand layers has a tenth of it.
  private static let longestHeader = 10_000_000

  /// Maps a file into memory; nothing may cut it short meanwhile.
  /// - Throws: `SafetensorsError.unreadable`, `.malformed`.
  package init(reading path: String) throws(SafetensorsError) {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    try self.init(data, path: path)
  }

  /// - Parameter path: for messages.
  /// - Throws: `SafetensorsError.malformed` where the header is none, or its byte ranges are not those of the file.
  package init(_ data: Data, path: String) throws(SafetensorsError) {
    guard data.count >= 8 else { throw .malformed(path: path, reason: "it has only \(data.count) bytes") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(data.count - 8) else { throw .malformed(path: path, reason: "its header is cut off") }
    guard length <= Self.longestHeader else {
      throw .malformed(path: path, reason: "its header of \(length) bytes is longer than \(Self.longestHeader)")
    }
    let header = try SafetensorsHeader(data.dropFirst(8).prefix(Int(length)), path: path)
    self.path = path
    metadata = header.metadata
    numbers = data.dropFirst(8 + Int(length))
    entries = try Self.entries(header, count: numbers.count, path: path)
  }

  /// The array's numbers, rounded to Float32 where they are not.
  package func floats(_ entry: Entry) -> [Float] { bytes(entry).withUnsafeBytes { entry.format.floats($0) } }

  /// The array's numbers; integers beyond 2^53 are rounded.
  package func doubles(_ entry: Entry) -> [Double] { bytes(entry).withUnsafeBytes { entry.format.doubles($0) } }

  package subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  private func bytes(_ entry: Entry) -> Data { numbers.dropFirst(entry.range.lowerBound).prefix(entry.range.count) }

  private static func entries(
    _ header: SafetensorsHeader, count: Int, path: String
  ) throws(SafetensorsError) -> [Entry] {
    var entries: [Entry] = []
    for (name, field) in header.fields.sorted(by: { $0.key < $1.key }) {
      guard let entry = field.entry(name) else {
        throw .malformed(path: path, reason: "its header describes \(name) in a way that cannot be")
      }
      entries.append(entry)
    }
    var end = 0
    for entry in entries.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      guard entry.range.lowerBound == end else {
        throw .malformed(path: path, reason: "the numbers of \(entry.name) do not begin where others end")
      }
      end = entry.range.upperBound
    }
    guard count == end else {
      throw .malformed(path: path, reason: "its header speaks of \(end) bytes of numbers, there are \(count)")
    }
    return entries
  }
}

extension SafetensorsHeader.Field {
  /// The entry, where type, shape and byte range agree.
  fileprivate func entry(_ name: String) -> SafetensorsFile.Entry? {
    guard
      let format = SafetensorsHeader.formats[dtype], let count = format.bytes(of: shape), dataOffsets.count == 2,
      dataOffsets[0] >= 0, dataOffsets[1] >= dataOffsets[0], dataOffsets[1] - dataOffsets[0] == count
    else { return nil }
    return SafetensorsFile.Entry(
      name: name, format: format, shape: shape, range: dataOffsets[0]..<dataOffsets[1])
  }
}
