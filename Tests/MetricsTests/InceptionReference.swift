import Foundation

/// The distance of two vectors, relative to the second's length.
func relativeError(_ values: ArraySlice<Float>, _ expected: [Float]) -> Double {
  let squares = zip(values, expected).map { (pow(Double($0) - Double($1), 2), pow(Double($1), 2)) }
  return (squares.reduce(0) { $0 + $1.0 } / squares.reduce(0) { $0 + $1.1 }).squareRoot()
}

/// Reference numbers, taken one part after the other.
struct InceptionReference {
  /// Float32 loses some 1e-6 of a feature vector's length over the network's depth, in PyTorch too.
  static let tolerance = 1e-5

  private var left: ArraySlice<Float>

  init(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).f32")
    let data = try Data(contentsOf: file)
    left =
      data.withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count, by: 4).map {
          Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
        }
      }[...]
  }

  mutating func take(_ count: Int) -> [Float] {
    defer { left = left.dropFirst(count) }
    return Array(left.prefix(count))
  }
}
