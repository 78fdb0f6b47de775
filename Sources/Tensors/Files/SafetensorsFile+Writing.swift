package import Foundation

/// Numbers under a name, on their way to a file of weights from wherever they lie.
package protocol NamedFloats {
  var name: String { get }
  var shape: [Int] { get }
  /// As many as the shape says, row-major.
  func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result
}

extension NamedArray: NamedFloats {
  package func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    try values.withUnsafeBufferPointer(body)
  }
}

extension SafetensorsFile {
  /// The bytes of a file: the header, padded with spaces to a multiple of 8, then the arrays in their order as
  /// little-endian Float32.
  package static func encoded(_ arrays: [any NamedFloats], metadata: [String: String] = [:]) throws -> Data {
    var data = try header(of: arrays, metadata)
    data.reserveCapacity(data.count + 4 * arrays.reduce(0) { $0 + $1.shape.reduce(1, *) })
    for array in arrays { array.withFloats { data.append(contentsOf: UnsafeRawBufferPointer($0)) } }
    return data
  }

  /// Writes a file that is there as a whole or not at all; no copy of the numbers is made.
  /// - Throws: `SafetensorsError.unwritable`.
  package static func write(
    _ arrays: [any NamedFloats], metadata: [String: String] = [:], to path: String
  ) throws(SafetensorsError) {
    do {
      let header = try header(of: arrays, metadata)
      try WholeFile.write(to: path) { sink in
        try header.withUnsafeBytes { try sink.append($0) }
        for array in arrays { try array.withFloats { try sink.append(UnsafeRawBufferPointer($0)) } }
      }
    } catch {
      let code = (error as? POSIXError)?.code.rawValue
      throw .unwritable(path: path, reason: code.map { String(cString: strerror($0)) } ?? "\(error)")
    }
  }

  private static func header(of arrays: [any NamedFloats], _ metadata: [String: String]) throws -> Data {
    var (header, end) = (SafetensorsHeader(), 0)
    header.metadata = metadata
    for array in arrays {
      let start = end
      end += 4 * array.shape.reduce(1, *)
      header.fields[array.name] = .init(dtype: "F32", shape: array.shape, dataOffsets: [start, end])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json
  }
}
