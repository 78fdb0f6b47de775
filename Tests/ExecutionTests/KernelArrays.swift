import COneDNN

/// Numbers on [-1, 1) for a test's arrays, from a linear congruential generator that owes nothing to the kernels.
func numbers(_ count: Int, seed: UInt64 = 1) -> [Float] {
  var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x2545_f491_4f6c_dd1d
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
  }
}

/// The largest difference between results and what they should be.
func largestDifference(_ results: [Float], _ expected: [Double]) -> Double {
  guard results.count == expected.count else { return .infinity }
  return zip(results, expected).map { result, value in
    let difference = abs(Double(result) - value)
    return difference.isNaN ? .infinity : difference
  }.max() ?? 0
}

/// The largest error in units of the last place of the expected number, where that is a normal number.
func largestError(_ results: [Float], _ expected: [Double]) -> Double {
  zip(results, expected).reduce(0) { worst, pair in
    let place = Float(pair.1)
    guard place.isNormal else { return worst }
    let error = abs(Double(pair.0) - pair.1) / Double(place.ulp)
    return error.isNaN ? .infinity : max(worst, error)
  }
}

/// Whether every result is the expected number within a relative and an absolute tolerance.
func agree(_ results: [Float], _ expected: [Double], relative: Double = 0, absolute: Double = 0) -> Bool {
  results.count == expected.count
    && zip(results, expected).allSatisfy { abs(Double($0) - $1) <= relative * abs($1) + absolute }
}

/// Whether every result is the expected number rounded once.
func roundedOnce(_ results: [Float], _ expected: [Double]) -> Bool { results == expected.map { Float($0) } }

/// Every index of a shape, in row-major order.
func indices(of shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { prefixes, size in prefixes.flatMap { prefix in (0..<size).map { prefix + [$0] } } }
}

/// The strides of a dense row-major array.
func denseStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for axis in stride(from: shape.count - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * shape[axis + 1] }
  return strides
}

/// `[batch, channels, area]` with sixteen channels innermost, as nChw16c has them.
func blocked(_ plain: [Float], batch: Int, channels: Int, area: Int) -> [Float] {
  var result = [Float](repeating: 0, count: plain.count)
  for n in 0..<batch {
    for c in 0..<channels {
      for i in 0..<area {
        result[((n * channels / 16 + c / 16) * area + i) * 16 + c % 16] = plain[(n * channels + c) * area + i]
      }
    }
  }
  return result
}

/// The way back from `blocked`.
func plain(_ blocks: [Float], batch: Int, channels: Int, area: Int) -> [Float] {
  var result = [Float](repeating: 0, count: blocks.count)
  for n in 0..<batch {
    for c in 0..<channels {
      for i in 0..<area {
        result[(n * channels + c) * area + i] = blocks[((n * channels / 16 + c / 16) * area + i) * 16 + c % 16]
      }
    }
  }
  return result
}

/// Runs a step of oneDNN with the scratch memory that it needs; 0 if it went well.
func runOneDNN(
  _ step: OpaquePointer, _ first: [Float], _ second: [Float], _ bias: [Float]?, _ out: inout [Float]
) -> Int32 {
  let bytes = max(onednn_scratch(step), 1) * MemoryLayout<Float>.stride
  return withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { scratch in
    onednn_run(step, first, second, bias, &out, scratch.bindMemory(to: Float.self).baseAddress)
  }
}
