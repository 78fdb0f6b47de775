import CZlib

/// A file of a tar archive: its header and its contents, each to whole blocks of 512 bytes.
package func tar(_ name: String, _ contents: [UInt8], type: Character = "0", prefix: String = "") -> [UInt8] {
  func field(_ text: String, _ width: Int) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0, count: width - text.utf8.count)
  }
  func octal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: digits - text.count) + text
  }
  let head = field(name, 100) + field("0000644", 8) + field("0000000", 8) + field("0000000", 8)
  let size = field(octal(contents.count, 11), 12) + field("00000000000", 12)
  let tail =
    field(String(type), 1) + field("", 100) + field("ustar", 6) + Array("00".utf8) + field("", 80) + field(prefix, 155)
    + field("", 12)
  let sum = (head + size + tail).reduce(8 * 32) { $0 + Int($1) }
  let header = head + size + field(octal(sum, 6), 7) + [32] + tail
  return header + contents + [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
}

/// A zip archive of these files, with 64-bit records for everything that has one if `isWide`.
package func zip(
  _ files: [(String, [UInt8])], isPacked: Bool = false, isWide: Bool = false, comment: [UInt8] = []
) -> [UInt8] {
  var (archive, directory): ([UInt8], [UInt8]) = ([], [])
  for (name, contents) in files {
    let data = isPacked ? deflated(contents) : contents
    let (checksum, names) = (Int(crc32(0, contents, UInt32(contents.count))), Array(name.utf8))
    let common = number(0, 2) + number(isPacked ? 8 : 0, 2) + number(0, 4) + number(checksum, 4)
    let wide = isWide ? number(1, 2) + number(24, 2) + number(contents.count, 8) + number(data.count, 8) : []
    let extra = isWide ? wide + number(archive.count, 8) : []
    func small(_ value: Int) -> [UInt8] { number(isWide ? 0xffff_ffff : value, 4) }
    directory += number(0x0201_4b50, 4) + number(45, 2) + number(45, 2) + common + small(data.count)
    directory += small(contents.count) + number(names.count, 2) + number(extra.count, 2) + number(0, 10)
    directory += small(archive.count) + names + extra
    archive += number(0x0403_4b50, 4) + number(45, 2) + common + number(data.count, 4) + number(contents.count, 4)
    archive += number(names.count, 2) + number(0, 2) + names + data
  }
  let start = archive.count
  archive += directory
  if isWide {
    let record = archive.count
    archive += number(0x0606_4b50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
    archive += number(files.count, 8) + number(files.count, 8) + number(directory.count, 8) + number(start, 8)
    archive += number(0x0706_4b50, 4) + number(0, 4) + number(record, 8) + number(1, 4)
  }
  archive += number(0x0605_4b50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
  archive += number(isWide ? 0xffff_ffff : directory.count, 4) + number(isWide ? 0xffff_ffff : start, 4)
  return archive + number(comment.count, 2) + comment
}

/// Little-endian.
private func number(_ value: Int, _ bytes: Int) -> [UInt8] {
  (0..<bytes).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
}

/// Deflate without a header, as zip archives have it.
private func deflated(_ bytes: [UInt8]) -> [UInt8] { packed(bytes, windowBits: -15) }
