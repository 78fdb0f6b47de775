import Archives
import CZlib
import Experiments
import Foundation
import Tensors

@testable import Datasets
@testable import Training

// What stands around bytes so that a parser gets to them: lengths and checksums that are right, and compression.

/// Behind the items and the JSON of a file of converted items, which begins at the first brace: its length and digest.
func withCacheFooter(_ bytes: [UInt8]) -> [UInt8] {
  let json = bytes.drop { $0 != UInt8(ascii: "{") }
  let length = (0..<8).reversed().map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
  var digest = Digest()
  json.withUnsafeBytes { digest.update($0) }
  return bytes + length + digest.bytes() + ItemCache.signature
}

/// Before a safetensors header, which ends with the first line feed: its length.
func withSafetensorsLength(_ bytes: [UInt8]) -> [UInt8] {
  let count = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  return littleEndian(count, 8) + bytes[..<count] + bytes[count...].dropFirst()
}

/// As a safetensors file that says the digest that it has.
func withSavepointDigest(_ bytes: [UInt8]) -> [UInt8] {
  let plain = withSafetensorsLength(bytes)
  guard let file = try? SafetensorsFile(Data(plain), path: "a savepoint"), let said = file.metadata["sha256"],
    let place = plain.firstRange(of: Array(said.utf8)), said.utf8.count == 64
  else { return plain }
  return plain[..<place.lowerBound] + Array(file.contentDigest.utf8) + plain[place.upperBound...]
}

/// As the compressed element of a little-endian MAT-file.
func inMATElement(_ bytes: [UInt8]) -> [UInt8] {
  let element = packed(bytes, windowBits: 15)
  let header = [UInt8](repeating: 0x20, count: 124) + [0x00, 0x01] + Array("IM".utf8)
  return header + littleEndian(15, 4) + littleEndian(element.count, 4) + element
}

/// As the only array of an archive, packed where the first byte is odd.
func inNumpyArchive(_ bytes: [UInt8]) -> [UInt8] {
  zip([("a.npy", Array(bytes.dropFirst()))], isPacked: (bytes.first ?? 0) % 2 == 1)
}

/// As the pickle of a PyTorch file with one storage of 64 bytes.
func inTorchArchive(_ bytes: [UInt8]) -> [UInt8] {
  zip([("w/data.pkl", bytes), ("w/byteorder", Array("little".utf8)), ("w/data/0", Array(0..<64))])
}

/// As a file of the form before PyTorch 1.6, whose first pickle is a number that never differs.
func afterTorchMagic(_ bytes: [UInt8]) -> [UInt8] {
  [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e] + bytes
}

/// Each header's checksum put right, from front to back.
func withTarChecksums(_ bytes: [UInt8]) -> [UInt8] {
  var archive = bytes
  for start in stride(from: 0, to: archive.count - 511, by: 512) where archive[start..<(start + 512)].contains(0x75) {
    let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(archive[start + $1])) }
    archive.replaceSubrange((start + 148)..<(start + 155), with: Array(String(format: "%06o\0", sum).utf8))
  }
  return archive
}

/// Each chunk's checksum put right.
func withPNGChecksums(_ bytes: [UInt8]) -> [UInt8] {
  var (picture, offset) = (bytes, 8)
  while offset + 12 <= picture.count {
    let length = picture[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
    let end = offset + 8 + length
    guard end + 4 <= picture.count else { break }
    picture.replaceSubrange(end..<(end + 4), with: checksum(picture[(offset + 4)..<end]))
    offset = end + 4
  }
  return picture
}

/// As the filtered rows of a picture, whose width, height, depth, kind of colour and interlacing the first five bytes say.
func inPNG(_ bytes: [UInt8]) -> [UInt8] {
  let header = bytes.prefix(5) + [UInt8](repeating: 0, count: max(0, 5 - bytes.count))
  func chunk(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    let named = Array(type.utf8) + contents
    return littleEndian(contents.count, 4).reversed() + named + checksum(named[...])
  }
  let size = [0, 0, 0, header[0], 0, 0, 0, header[1]]
  return PNGPicture.signature + chunk("IHDR", size + [header[2], header[3], 0, 0, header[4]])
    + chunk("PLTE", Array(0..<48)) + chunk("IDAT", packed(Array(bytes.dropFirst(5)), windowBits: 15))
    + chunk("IEND", [])
}

private func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  let sum = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
  return littleEndian(Int(sum), 4).reversed()
}

private func littleEndian(_ number: Int, _ bytes: Int) -> [UInt8] {
  (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
