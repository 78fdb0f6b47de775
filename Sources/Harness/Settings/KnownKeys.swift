/// The keys that a decodable type asks for, found by letting it decode itself from a source that has everything.
enum KnownKeys {
  /// Sorted; empty for what has no keys of its own.
  static func of(_ type: any Decodable.Type) -> [String] {
    let asked = Asked()
    _ = try? type.init(from: Source(asked: asked))
    return asked.keys.sorted()
  }

  /// The values of an enumeration of texts, as `a, b`; `nil` for any other type.
  static func choices(of type: any Decodable.Type) -> String? {
    guard let cases = type as? any CaseIterable.Type else { return nil }
    let names = rawValues(cases)
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private static func rawValues<T: CaseIterable>(_ type: T.Type) -> [String] {
    type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  }

  /// Some value of the type, so that decoding goes on to the next key.
  fileprivate static func some<T: Decodable>(_ type: T.Type) throws -> T {
    if let cases = type as? any CaseIterable.Type, let first = first(cases) as? T { return first }
    return try T(from: Source(asked: Asked()))
  }

  private static func first<T: CaseIterable>(_ type: T.Type) -> T? { type.allCases.first }

  fileprivate final class Asked {
    var keys: Set<String> = []
  }

  fileprivate struct Source: Decoder {
    let asked: Asked
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
      KeyedDecodingContainer(AnyMap<Key>(asked: asked))
    }
    func unkeyedContainer() -> any UnkeyedDecodingContainer { EmptyList() }
    func singleValueContainer() -> any SingleValueDecodingContainer { AnyScalar() }
  }

  fileprivate struct Nothing: Error {}
}

private struct AnyMap<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let asked: KnownKeys.Asked
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool {
    asked.keys.insert(key.stringValue)
    return false
  }
  func decodeNil(forKey key: Key) -> Bool { !contains(key) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    asked.keys.insert(key.stringValue)
    return try KnownKeys.some(type)
  }
  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
    Nested
  > {
    throw KnownKeys.Nothing()
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw KnownKeys.Nothing() }
  func superDecoder() throws -> any Decoder { throw KnownKeys.Nothing() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw KnownKeys.Nothing() }
}

private struct EmptyList: UnkeyedDecodingContainer {
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 0 }
  var isAtEnd: Bool { true }
  var currentIndex: Int { 0 }
  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { throw KnownKeys.Nothing() }
  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw KnownKeys.Nothing()
  }
  func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw KnownKeys.Nothing() }
  func superDecoder() throws -> any Decoder { throw KnownKeys.Nothing() }
}

private struct AnyScalar: SingleValueDecodingContainer {
  var codingPath: [any CodingKey] { [] }
  func decodeNil() -> Bool { false }
  func decode(_ type: Bool.Type) -> Bool { false }
  /// A text that every name of ours can be read from.
  func decode(_ type: String.Type) -> String { "a/b/c" }
  func decode(_ type: Double.Type) -> Double { 0 }
  func decode(_ type: Float.Type) -> Float { 0 }
  func decode(_ type: Int.Type) -> Int { 0 }
  func decode(_ type: Int8.Type) -> Int8 { 0 }
  func decode(_ type: Int16.Type) -> Int16 { 0 }
  func decode(_ type: Int32.Type) -> Int32 { 0 }
  func decode(_ type: Int64.Type) -> Int64 { 0 }
  func decode(_ type: UInt.Type) -> UInt { 0 }
  func decode(_ type: UInt8.Type) -> UInt8 { 0 }
  func decode(_ type: UInt16.Type) -> UInt16 { 0 }
  func decode(_ type: UInt32.Type) -> UInt32 { 0 }
  func decode(_ type: UInt64.Type) -> UInt64 { 0 }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try KnownKeys.some(type) }
}
