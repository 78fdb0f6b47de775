import Foundation
import Testing

/// A file of the folder `Fixtures` beside this one.
func fixture(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/" + name).path
}

/// The bytes of a file of the folder `Fixtures`.
func fixtureBytes(_ name: String) throws -> [UInt8] {
  Array(try #require(FileManager.default.contents(atPath: fixture(name))))
}

/// Bytes written in hexadecimal.
func bytes(hexadecimal text: String) -> [UInt8] {
  let digits = text.utf8.map { $0 <= UInt8(ascii: "9") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
