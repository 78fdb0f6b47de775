/// A numeric array of a MAT-file, whose numbers are read from the first on; the first index runs fastest.
final class MATArray {
  let name: String
  let dimensions: [Int]
  private let reader: MATReader
  private let type: MATType
  /// The bytes of the numbers: from here where they lie in their tag, else from the stream.
  private let data: any ByteStream

  /// - Parameter reader: behind the tag of the matrix element.
  /// - Throws: `DatasetError.malformed`.
  init(_ reader: MATReader) throws {
    self.reader = reader
    let flags = try reader.element(limit: 8).data
    guard flags.count == 8 else { throw reader.fault("has array flags of \(flags.count) bytes") }
    // Classes 6 to 15 are the numeric ones; 0x800 is the flag of complex numbers.
    let (kind, isComplex) = (reader.number(flags[..<4]) & 0xff, reader.number(flags[..<4]) & 0x800 != 0)
    let extents = try reader.element(limit: 32).data
    dimensions = stride(from: 0, to: extents.count / 4 * 4, by: 4).map { reader.number(extents[$0..<($0 + 4)]) }
    name = String(decoding: try reader.element(limit: 64).data, as: UTF8.self)
    guard (6...15).contains(kind), !isComplex else {
      throw reader.fault("has '\(name)', which is no array of real numbers")
    }
    let tag = try reader.tag()
    guard let type = MATType(rawValue: tag.type), type.width > 0 else {
      throw reader.fault("has '\(name)' with data of type \(tag.type)")
    }
    self.type = type
    guard let count = Self.product(dimensions), count <= 1 << 40, tag.count == count * type.width else {
      throw reader.fault("has '\(name)' with \(tag.count) bytes for an array of \(dimensions)")
    }
    data = tag.small.map(Bytes.init) ?? Window(reader.stream, count: tag.count)
  }

  /// The next numbers of an array that is written in bytes.
  /// - Throws: `DatasetError.malformed`.
  func bytes(_ count: Int) throws -> [UInt8] {
    guard type == .uint8 else { throw reader.fault("has '\(name)' written as \(type) where uint8 belongs") }
    return try data.read(count)
  }

  /// The next number, whatever it is written as.
  /// - Throws: `DatasetError.malformed`.
  func number() throws -> Double {
    let bits = reader.bits(try data.read(type.width))
    switch type {
    case .int8: return Double(Int8(truncatingIfNeeded: bits))
    case .int16: return Double(Int16(truncatingIfNeeded: bits))
    case .int32: return Double(Int32(truncatingIfNeeded: bits))
    case .int64: return Double(Int64(bitPattern: bits))
    case .single: return Double(Float(bitPattern: UInt32(bits)))
    case .double: return Double(bitPattern: bits)
    case .uint8, .uint16, .uint32, .uint64, .matrix, .compressed: return Double(bits)
    }
  }

  /// Checks that only padding follows, and where the array is compressed, its checksum.
  /// - Throws: `DatasetError.malformed`.
  func finish() throws {
    var padding = 0
    while try !reader.stream.isAtEnd() {
      padding += 1
      guard padding < 8 else { throw reader.fault("has '\(name)' with more bytes than it says") }
    }
    try reader.stream.finish()
  }

  private static func product(_ dimensions: [Int]) -> Int? {
    dimensions.reduce(1) { product, extent in
      product.flatMap {
        let (result, overflow) = $0.multipliedReportingOverflow(by: extent)
        return overflow ? nil : result
      }
    }
  }

  /// Bytes in memory.
  private final class Bytes: ByteStream {
    let path = "a MAT-file"
    private var left: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { left = bytes[...] }

    func fill(_ output: UnsafeMutableBufferPointer<UInt8>) -> Int {
      let piece = left.prefix(output.count)
      left = left.dropFirst(piece.count)
      return output.update(fromContentsOf: piece)
    }
  }
}
