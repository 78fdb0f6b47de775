import Foundation

/// The fields of a message in protobuf's wire format, in their order.
///
/// Source: https://protobuf.dev/programming-guides/encoding/: a key of field number and wire type, then a number or a
/// length and bytes.
struct ProtobufMessage {
  /// A field: its number and what it holds.
  struct Field {
    let number: Int
    let value: Value
  }

  enum Value {
    /// Wire type 0.
    case number(UInt64)
    /// Wire types 1 and 5: 8 or 4 bytes.
    case fixed(UInt64)
    /// Wire type 2: a string, bytes, a message, or packed numbers.
    case bytes(Data)
  }

  let path: String
  let fields: [Field]

  /// More than a graph has nodes or a kernel numbers.
  private static let most = 1 << 22

  /// - Throws: `WeightsError.malformed` where the bytes are no message.
  init(_ data: Data, path: String) throws(WeightsError) {
    var (cursor, fields) = (ByteCursor(data, path: path), [Field]())
    while !cursor.isAtEnd {
      let key = try Self.varint(&cursor)
      guard key >> 3 != 0, key >> 3 < 1 << 29 else { throw cursor.fault("has a field of number \(key >> 3)") }
      guard fields.count < Self.most else { throw cursor.fault("has a message of more than \(Self.most) fields") }
      fields.append(Field(number: Int(key >> 3), value: try Self.value(wire: Int(key & 7), &cursor)))
    }
    self.path = path
    self.fields = fields
  }

  /// What all fields of a number hold.
  subscript(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }

  /// The last field of a number, which is the one that counts, as bytes.
  func bytes(_ number: Int) -> Data? { self[number].last?.bytes }

  func text(_ number: Int) -> String? { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

  /// The messages in the fields of a number.
  /// - Throws: `WeightsError.malformed`.
  func messages(_ number: Int) throws(WeightsError) -> [ProtobufMessage] {
    var messages: [ProtobufMessage] = []
    for data in self[number].compactMap(\.bytes) { messages.append(try ProtobufMessage(data, path: path)) }
    return messages
  }

  private static func value(wire: Int, _ cursor: inout ByteCursor) throws(WeightsError) -> Value {
    switch wire {
    case 0: return .number(try varint(&cursor))
    case 1: return .fixed(try cursor.number(bytes: 8))
    case 2:
      let count = try varint(&cursor)
      guard count <= UInt64(Int32.max) else { throw cursor.fault("has a field of \(count) bytes") }
      return .bytes(try cursor.take(Int(count)))
    case 5: return .fixed(try cursor.number(bytes: 4))
    default: throw cursor.fault("has a field of the unknown wire type \(wire)")
    }
  }

  /// Seven bits a byte, the lowest first, each but the last with its highest bit set.
  private static func varint(_ cursor: inout ByteCursor) throws(WeightsError) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let byte = try cursor.byte()
      number |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return number }
    }
    throw cursor.fault("has a number of more than 10 bytes")
  }
}

extension ProtobufMessage.Value {
  var bytes: Data? { if case .bytes(let data) = self { data } else { nil } }

  var number: UInt64? { if case .number(let number) = self { number } else { nil } }

  /// The lower 4 bytes as a Float32.
  var float: Float? {
    if case .fixed(let bits) = self { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) } else { nil }
  }
}
