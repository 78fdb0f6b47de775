import Archives
import CZlib

/// A PNG file of 8 bits a number, pixel after pixel, each row unfiltered.
func pngFile(channels: Int, height: Int, width: Int, _ pixels: [UInt8]) -> [UInt8] {
  func chunk(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    let named = Array(type.utf8) + contents
    return bigEndian(contents.count) + named + bigEndian(Int(crc32(0, named, UInt32(named.count))))
  }
  let line = width * channels
  let rows = (0..<height).flatMap { row -> [UInt8] in [0] + pixels[(row * line)..<((row + 1) * line)] }
  let header: [UInt8] = bigEndian(width) + bigEndian(height) + [8, channels == 3 ? 2 : 0, 0, 0, 0]
  let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  return signature + chunk("IHDR", header) + chunk("IDAT", packed(rows, windowBits: 15)) + chunk("IEND", [])
}

private func bigEndian(_ number: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
}

/// A file of NumPy, version 1.0: magic number, the header's length, the header to a multiple of 64 bytes, the numbers.
func npyFile(_ type: String, _ shape: [Int], _ numbers: [UInt8]) -> [UInt8] {
  let sizes = shape.map { "\($0)," }.joined(separator: " ")
  let description = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
  let padding = (64 - (10 + description.utf8.count + 1) % 64) % 64
  let header = Array(description.utf8) + [UInt8](repeating: 32, count: padding) + [10]
  let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count & 255), UInt8(header.count >> 8)]
  return magic + header + numbers
}

/// Little-endian Float32.
func floatBytes(_ values: [Float]) -> [UInt8] { values.flatMap { value in withUnsafeBytes(of: value) { Array($0) } } }
