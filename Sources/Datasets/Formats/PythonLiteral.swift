/// The dictionaries that Python writes of strings, truth values and tuples of whole numbers; nothing else is read.
struct PythonLiteral {
  enum Value: Equatable {
    case text(String)
    case truth(Bool)
    case tuple([Int])
  }

  private let name: String
  private var rest: ArraySlice<UInt8>

  /// - Parameter name: for messages.
  init(_ text: [UInt8], name: String) {
    self.name = name
    rest = text[...]
  }

  /// The whole text, a dictionary by its keys; a value that is read by nobody is left out.
  /// - Throws: `DatasetError.malformed`.
  func dictionary() throws -> [String: Value] {
    var reader = self
    var values: [String: Value] = [:]
    try reader.expect("{")
    while !reader.takes("}") {
      guard let key = reader.text() else { throw fault }
      try reader.expect(":")
      guard let value = reader.value() else { throw fault }
      guard values.updateValue(value, forKey: key) == nil else { throw fault }
      guard reader.takes(",") || reader.next == UInt8(ascii: "}") else { throw fault }
    }
    guard reader.next == nil else { throw fault }
    return values
  }

  private var fault: DatasetError { .malformed(name, reason: "has a damaged header, or one of records") }

  /// The next character that is no space.
  private var next: UInt8? { rest.first { !Self.spaces.contains($0) } }

  private static let spaces: [UInt8] = [0x20, 0x0a]

  private mutating func takes(_ text: StaticString) -> Bool {
    let trimmed = rest.drop { Self.spaces.contains($0) }
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard trimmed.starts(with: wanted) else { return false }
    rest = trimmed.dropFirst(wanted.count)
    return true
  }

  private mutating func expect(_ text: StaticString) throws {
    guard takes(text) else { throw fault }
  }

  private mutating func value() -> Value? {
    if takes("True") { return .truth(true) }
    if takes("False") { return .truth(false) }
    if takes("(") { return tuple() }
    return text().map(Value.text)
  }

  private mutating func text() -> String? {
    for quote in ["'", "\""] as [StaticString] where takes(quote) {
      let mark = quote.utf8Start.pointee
      guard let end = rest.firstIndex(of: mark) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }
    return nil
  }

  private mutating func tuple() -> Value? {
    var numbers: [Int] = []
    while !takes(")") {
      guard let number = number() else { return nil }
      numbers.append(number)
      guard takes(",") || next == UInt8(ascii: ")") else { return nil }
    }
    return .tuple(numbers)
  }

  /// Of digits alone; `nil` where there are more than an `Int` holds.
  private mutating func number() -> Int? {
    rest = rest.drop { Self.spaces.contains($0) }
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
