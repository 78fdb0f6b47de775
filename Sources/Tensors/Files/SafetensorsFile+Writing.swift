package import Foundation

extension SafetensorsFile {
  /// The bytes of a file: the header, padded with spaces to a multiple of 8, then the arrays in their order as
  /// little-endian Float32.
  package static func encoded(_ arrays: [NamedArray], metadata: [String: String] = [:]) throws -> Data {
    var (header, end) = (SafetensorsHeader(), 0)
    header.metadata = metadata
    for array in arrays {
      let start = end
      end += 4 * array.values.count
      header.fields[array.name] = .init(dtype: "F32", shape: array.shape, dataOffsets: [start, end])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    var data = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
    data.reserveCapacity(8 + json.count + end)
    data.append(json)
    for array in arrays { array.values.withUnsafeBytes { data.append(contentsOf: $0) } }
    return data
  }

  /// Writes a file that is there as a whole or not at all.
  /// - Throws: `SafetensorsError.unwritable`.
  package static func write(
    _ arrays: [NamedArray], metadata: [String: String] = [:], to path: String
  ) throws(SafetensorsError) {
    let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).partial"
    do {
      try encoded(arrays, metadata: metadata).write(to: URL(fileURLWithPath: temporary))
      guard rename(temporary, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    } catch {
      unlink(temporary)
      throw .unwritable(path: path, reason: "\(error)")
    }
  }
}
