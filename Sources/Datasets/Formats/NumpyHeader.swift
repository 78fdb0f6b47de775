import Tensors

/// What stands before the numbers in NumPy's format.
///
/// Source: NumPy, `numpy.lib.format`: a magic number, a version, the length of the header, and the header, a Python
/// dictionary of `descr`, `fortran_order` and `shape`.
struct NumpyHeader: Equatable {
  let format: NumberFormat
  let shape: [Int]
  /// Whether the first index runs fastest, and not the last.
  let isFortran: Bool
  /// Bytes before the numbers.
  let length: Int

  /// Bytes of the numbers.
  var bytes: Int { format.bytes(of: shape) ?? 0 }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Bytes; NumPy itself reads no header of more than 10,000.
  private static let longest = 10_000

  /// - Throws: `DatasetError.malformed`.
  init(_ stream: any ByteStream, name: String) throws {
    func fault(_ reason: String) -> DatasetError { .malformed(name, reason: reason) }
    let magic = try stream.read(8)
    guard magic.starts(with: Self.magic) else { throw fault("is no array of NumPy (.npy)") }
    guard (1...3).contains(magic[6]), magic[7] == 0 else {
      throw fault("is of version \(magic[6]).\(magic[7]) of NumPy's format, of which 1.0 to 3.0 are read")
    }
    let digits = magic[6] == 1 ? 2 : 4
    let count = try stream.read(digits).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.longest else {
      throw fault("has a header of \(count) bytes, and at most \(Self.longest) are read")
    }
    let header = try PythonLiteral(try stream.read(count), name: name).dictionary()
    length = 8 + digits + count
    format = try Self.format(header["descr"], name: name)
    guard case .truth(let isFortran) = header["fortran_order"] else { throw fault("does not say its fortran_order") }
    self.isFortran = isFortran
    guard case .tuple(let sizes) = header["shape"], format.bytes(of: sizes) != nil else {
      throw fault("has a shape that no array has")
    }
    shape = sizes
  }

  private static func format(_ description: PythonLiteral.Value?, name: String) throws -> NumberFormat {
    guard case .text(let text) = description else {
      throw DatasetError.malformed(name, reason: "holds records of several fields, and arrays of numbers are read")
    }
    if text.hasPrefix(">") {
      throw DatasetError.malformed(name, reason: "holds big-endian numbers ('\(text)'); save it as little-endian")
    }
    guard let format = formats[text.drop { "<|=".contains($0) }.description] else {
      throw DatasetError.malformed(
        name,
        reason: "holds '\(text)', which are no numbers that are read (\(formats.keys.sorted().joined(separator: " ")))")
    }
    return format
  }

  private static let formats: [String: NumberFormat] = [
    "b1": .bool, "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
    "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
  ]
}
