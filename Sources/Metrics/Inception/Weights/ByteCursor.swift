import Foundation

/// Bytes of a file, read from front to back; each step checks that there are so many left.
struct ByteCursor {
  /// For messages.
  let path: String
  /// What is left; its indices are places in the file.
  private(set) var rest: Data

  init(_ data: Data, path: String) {
    rest = data
    self.path = path
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next `count` bytes.
  /// - Throws: `WeightsError.malformed`.
  mutating func take(_ count: Int) throws(WeightsError) -> Data {
    guard count >= 0, count <= rest.count else { throw fault("ends within \(count) bytes that it says it holds") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func byte() throws(WeightsError) -> UInt8 {
    guard let byte = rest.popFirst() else { throw fault("ends where more should follow") }
    return byte
  }

  /// A little-endian number of up to 8 bytes.
  mutating func number(bytes count: Int) throws(WeightsError) -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The bytes up to the next line feed, which is passed over.
  mutating func line() throws(WeightsError) -> Data {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw fault("ends within a line") }
    let line = try take(end - rest.startIndex)
    _ = try byte()
    return line
  }

  /// What is wrong at this place.
  func fault(_ reason: String) -> WeightsError { .malformed(path, reason: "\(reason), at byte \(rest.startIndex)") }
}
