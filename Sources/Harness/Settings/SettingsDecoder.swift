/// Decodes a tree strictly: a key that nothing asks for, a missing one and a value of the wrong kind are errors that
/// name the place and what there could be instead.
struct SettingsDecoder: Decoder {
  let tree: SettingsTree
  let codingPath: [any CodingKey]
  /// What the tree is decoded as.
  let type: any Decodable.Type
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// - Throws: `SettingsFault`.
  static func decode<T: Decodable>(_ type: T.Type, from tree: SettingsTree, at path: [any CodingKey] = []) throws -> T {
    let decoder = SettingsDecoder(tree: tree, codingPath: path, type: type)
    do {
      return try T(from: decoder)
    } catch DecodingError.dataCorrupted(let context) {
      throw decoder.error(KnownKeys.choices(of: type).map { "must be one of " + $0 } ?? context.debugDescription)
    }
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .map(let branches) = tree.content else { throw error("must hold keys: " + known) }
    if let stranger = branches.keys.sorted().first(where: { Key(stringValue: $0) == nil }) {
      let path = (codingPath.map(\.stringValue) + [stranger]).joined(separator: ".")
      throw SettingsFault(
        origin: branches[stranger]?.origin ?? tree.origin, complaint: "there is no key '\(path)'; there are: " + known)
    }
    return KeyedDecodingContainer(SettingsMap<Key>(decoder: self, branches: branches))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let items) = tree.content else { throw error("must be a list, as in [a, b]") }
    return SettingsList(decoder: self, items: items)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { SettingsScalar(decoder: self) }

  private var known: String { KnownKeys.of(type).joined(separator: ", ") }

  /// What is wrong with this very value.
  func error(_ complaint: String) -> SettingsFault {
    let name = codingPath.map(\.stringValue).joined(separator: ".")
    return SettingsFault(origin: tree.origin, complaint: name.isEmpty ? "it " + complaint : "'\(name)' \(complaint)")
  }
}

private struct SettingsMap<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: SettingsDecoder
  let branches: [String: SettingsTree]
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { branches.keys.sorted().compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { branches[key.stringValue] != nil }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let branch = branches[key.stringValue] else {
      let path = (codingPath + [key]).map(\.stringValue).joined(separator: ".")
      throw SettingsFault(origin: decoder.tree.origin, complaint: "the key '\(path)' is missing")
    }
    return try SettingsDecoder.decode(type, from: branch, at: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try nested(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try nested(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

  private func nested(_ key: Key) throws -> SettingsDecoder {
    SettingsDecoder(
      tree: try decode(SettingsTree.self, forKey: key), codingPath: codingPath + [key], type: SettingsTree.self)
  }
}

private struct SettingsList: UnkeyedDecodingContainer {
  let decoder: SettingsDecoder
  let items: [SettingsTree]
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex == items.count }

  mutating func decodeNil() -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try SettingsDecoder.decode(type, from: next(), at: codingPath)
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try superDecoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try superDecoder().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder {
    SettingsDecoder(tree: try next(), codingPath: codingPath, type: SettingsTree.self)
  }

  private mutating func next() throws -> SettingsTree {
    guard currentIndex < items.count else { throw decoder.error("has too few items") }
    defer { currentIndex += 1 }
    return items[currentIndex]
  }
}

private struct SettingsScalar: SingleValueDecodingContainer {
  let decoder: SettingsDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { false }

  func decode(_ type: Bool.Type) throws -> Bool { try read("must be true or false") { Bool($0) } }
  func decode(_ type: String.Type) throws -> String { try read("must be a text") { $0 } }
  func decode(_ type: Double.Type) throws -> Double {
    try read("must be a number") { Double($0).flatMap { $0.isFinite ? $0 : nil } }
  }
  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try whole() }
  func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
  func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
  func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
  func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
  func decode(_ type: UInt.Type) throws -> UInt { try whole() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try SettingsDecoder.decode(type, from: decoder.tree, at: codingPath)
  }

  private func whole<T: FixedWidthInteger>() throws -> T { try read("must be a whole number") { T($0) } }

  private func read<T>(_ demand: String, _ parse: (String) -> T?) throws -> T {
    guard case .scalar(let text) = decoder.tree.content else { throw decoder.error(demand) }
    guard let value = parse(text) else { throw decoder.error("is '\(text)' and \(demand)") }
    return value
  }
}
