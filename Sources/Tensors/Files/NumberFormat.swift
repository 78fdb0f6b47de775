/// How files write a number, with its least significant byte first, as the processors that this program is for do.
package enum NumberFormat: String, CaseIterable, Sendable {
  case bfloat16, bool, float16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64

  /// Bytes of one number.
  package var width: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .bfloat16, .float16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// The bytes of an array of this shape; `nil` where a size is negative, or so many are more than an `Int` counts, even
  /// if another of them is 0.
  package func bytes(of shape: [Int]) -> Int? {
    var count = width
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: max(1, size))
      guard size >= 0, !overflows else { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }

  /// All numbers in the bytes, rounded to Float32 where they are not.
  package func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    switch self {
    case .float32: copies(of: bytes)
    case .float16: numbers(bytes) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: numbers(bytes) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    default: doubles(bytes).map { Float($0) }
    }
  }

  /// All numbers in the bytes; integers beyond 2^53 are rounded.
  package func doubles(_ bytes: UnsafeRawBufferPointer) -> [Double] {
    switch self {
    case .float64: copies(of: bytes)
    case .bfloat16, .float16, .float32: floats(bytes).map { Double($0) }
    case .bool: numbers(bytes) { (bits: UInt8) in bits == 0 ? 0 : 1 }
    case .int8: numbers(bytes) { (bits: Int8) in Double(bits) }
    case .int16: numbers(bytes) { (bits: Int16) in Double(bits) }
    case .int32: numbers(bytes) { (bits: Int32) in Double(bits) }
    case .int64: numbers(bytes) { (bits: Int64) in Double(bits) }
    case .uint8: numbers(bytes) { (bits: UInt8) in Double(bits) }
    case .uint16: numbers(bytes) { (bits: UInt16) in Double(bits) }
    case .uint32: numbers(bytes) { (bits: UInt32) in Double(bits) }
    case .uint64: numbers(bytes) { (bits: UInt64) in Double(bits) }
    }
  }

  private func numbers<Bits: FixedWidthInteger & BitwiseCopyable, Number>(
    _ bytes: UnsafeRawBufferPointer, _ number: (Bits) -> Number
  ) -> [Number] {
    let count = bytes.count / width
    return [Number](unsafeUninitializedCapacity: count) { output, filled in
      for index in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: index * width, as: Bits.self)
        output.initializeElement(at: index, to: number(bits))
      }
      filled = count
    }
  }

  private func copies<Number: BitwiseCopyable>(of bytes: UnsafeRawBufferPointer) -> [Number] {
    let count = bytes.count / width
    return [Number](unsafeUninitializedCapacity: count) { output, filled in
      UnsafeMutableRawBufferPointer(output).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * width)]))
      filled = count
    }
  }
}
