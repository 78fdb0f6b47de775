import Foundation

extension Checkpoint {
  /// The bytes of the file.
  func encoded() throws -> Data {
    var start = 0
    let header = Dictionary(
      uniqueKeysWithValues: entries.map { entry in
        defer { start += 4 * entry.values.count }
        return (
          entry.name,
          Field(dtype: "F32", shape: entry.shape, dataOffsets: [start, start + 4 * entry.values.count])
        )
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    var data = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
    data.append(json)
    for entry in entries {
      entry.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    return data
  }

  /// The entries of a file, in order of name.
  /// - Throws: `CheckpointError.malformed` where the header is none, or its byte ranges are not those of the file.
  static func decoded(_ data: Data, path: String) throws(CheckpointError) -> [Entry] {
    guard data.count >= 8 else { throw .malformed(path: path, reason: "it has only \(data.count) bytes") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(data.count - 8) else { throw .malformed(path: path, reason: "its header is cut off") }
    let (json, numbers) = (data.dropFirst(8).prefix(Int(length)), data.dropFirst(8 + Int(length)))
    let fields = try fields(of: json, path: path)
    let expected = fields.map { $0.field.dataOffsets[1] }.max() ?? 0
    guard numbers.count == expected else {
      throw .malformed(
        path: path, reason: "its header speaks of \(expected) bytes of numbers, there are \(numbers.count)")
    }
    return fields.map { name, field in
      let bytes = numbers.dropFirst(field.dataOffsets[0]).prefix(field.dataOffsets[1] - field.dataOffsets[0])
      return Entry(name: name, shape: field.shape, values: floats(bytes))
    }
  }

  private static func fields(of json: Data, path: String) throws(CheckpointError) -> [(name: String, field: Field)] {
    let header: [String: Field]
    do { header = try JSONDecoder().decode([String: Field].self, from: json) } catch {
      throw .malformed(path: path, reason: "its header cannot be read (\(error))")
    }
    let fields = header.sorted { $0.key < $1.key }
    for (name, field) in fields where !field.isSound {
      throw .malformed(path: path, reason: "its header describes \(name) in a way that cannot be")
    }
    return fields.map { ($0.key, $0.value) }
  }

  private static func floats(_ bytes: Data) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<(raw.count / 4)).map { index in
        Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
      }
    }
  }
}

/// What a header says of one array.
private struct Field: Codable {
  let dtype: String
  let shape: [Int]
  /// From, and up to, counted from the end of the header.
  let dataOffsets: [Int]

  enum CodingKeys: String, CodingKey {
    case dtype, shape
    case dataOffsets = "data_offsets"
  }

  /// Whether type, shape and byte range agree.
  var isSound: Bool {
    guard dtype == "F32", dataOffsets.count == 2, dataOffsets[0] >= 0, shape.allSatisfy({ $0 > 0 }) else {
      return false
    }
    var count = 1
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows else { return false }
      count = product
    }
    let (end, overflows) = dataOffsets[0].addingReportingOverflow(4 &* count)
    return count < Int.max / 4 && !overflows && end == dataOffsets[1]
  }
}
