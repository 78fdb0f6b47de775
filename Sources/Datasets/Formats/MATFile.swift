/// Numeric arrays in MATLAB's files of level 5, in either byte order, compressed or not.
///
/// Source: The MathWorks, "MAT-File Format", chapter 1: a header of 128 bytes, then elements: a tag of type and length, and
/// the data, padded to 8 bytes; small ones in the tag itself.
enum MATFile {
  /// The array of a name, ready to be read from its front.
  /// - Throws: `DatasetError.malformed` if the file is damaged or has no such array, `.unreadable`.
  static func array(_ name: String, in path: String) throws -> MATArray {
    let file = try OpenFile(path)
    let isBigEndian = try byteOrder(of: file)
    var (offset, names): (Int, [String]) = (128, [])
    while offset < file.length {
      let tag = MATReader(FileStream(file, offset..<file.length), isBigEndian: isBigEndian)
      let (type, count) = (try tag.number(bytes: 4), try tag.number(bytes: 4))
      let data = (offset + 8)..<(offset + 8 + count)
      guard data.upperBound <= file.length else {
        throw DatasetError.malformed(path, reason: "is truncated: its array of \(count) bytes goes on after its end")
      }
      if let array = try array(type: type, FileStream(file, data), isBigEndian: isBigEndian) {
        if array.name == name { return array }
        names.append(array.name)
      }
      // Compressed elements are not padded.
      offset = type == MATType.compressed.rawValue ? data.upperBound : data.lowerBound + (count + 7) / 8 * 8
    }
    throw DatasetError.malformed(
      path, reason: "is a MAT-file without an array named '\(name)'; it has: \(names.joined(separator: ", "))")
  }

  private static func byteOrder(of file: OpenFile) throws -> Bool {
    let fault = DatasetError.malformed(file.path, reason: "is no MAT-file of level 5")
    guard file.length >= 128 else { throw fault }
    // Version 0x0100 and the letters MI, as whoever wrote them would write a number.
    switch try file.bytes(124..<128) {
    case [0x00, 0x01, UInt8(ascii: "I"), UInt8(ascii: "M")]: return false
    case [0x01, 0x00, UInt8(ascii: "M"), UInt8(ascii: "I")]: return true
    default: throw fault
    }
  }

  /// The array in an element; `nil` where the element is something else.
  private static func array(type: Int, _ data: FileStream, isBigEndian: Bool) throws -> MATArray? {
    switch MATType(rawValue: type) {
    case .matrix: return try MATArray(MATReader(data, isBigEndian: isBigEndian))
    case .compressed:
      let reader = MATReader(Inflate(data, .zlib), isBigEndian: isBigEndian)
      let inner = try reader.number(bytes: 4)
      _ = try reader.number(bytes: 4)
      return inner == MATType.matrix.rawValue ? try MATArray(reader) : nil
    default: return nil
    }
  }
}

/// How the data of an element are written.
enum MATType: Int {
  case int8 = 1
  case uint8, int16, uint16, int32, uint32, single
  case double = 9
  case int64 = 12
  case uint64, matrix, compressed

  /// The bytes of one number; 0 where it is none.
  var width: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .single: 4
    case .double, .int64, .uint64: 8
    case .matrix, .compressed: 0
    }
  }
}

/// Reads numbers and tags of one byte order.
struct MATReader {
  let stream: any ByteStream
  private let isBigEndian: Bool

  init(_ stream: any ByteStream, isBigEndian: Bool) {
    self.stream = stream
    self.isBigEndian = isBigEndian
  }

  /// An unsigned number of up to 4 bytes.
  func number(bytes count: Int) throws -> Int { number(try stream.read(count)) }

  func number(_ bytes: some BidirectionalCollection<UInt8>) -> Int { Int(truncatingIfNeeded: bits(bytes)) }

  func bits(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
    isBigEndian
      ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A tag: the type, the number of data bytes, and the data where they lie in the tag.
  func tag() throws -> (type: Int, count: Int, small: [UInt8]?) {
    let bytes = try stream.read(8)
    let first = number(bytes[..<4])
    guard first >> 16 != 0 else { return (first, number(bytes[4...]), nil) }
    let count = first >> 16
    guard count <= 4 else { throw fault("has a small element of \(count) bytes") }
    return (first & 0xffff, count, Array(bytes[4..<(4 + count)]))
  }

  /// An element whose data have at most `limit` bytes, without the padding.
  func element(limit: Int) throws -> (type: Int, data: [UInt8]) {
    let (type, count, small) = try tag()
    if let small { return (type, small) }
    guard count <= limit else { throw fault("has \(count) bytes where at most \(limit) belong") }
    let data = try stream.read(count)
    try stream.skip((8 - count % 8) % 8)
    return (type, data)
  }

  func fault(_ reason: String) -> DatasetError {
    .malformed(stream.path, reason: "is a damaged MAT-file: it \(reason)")
  }
}
