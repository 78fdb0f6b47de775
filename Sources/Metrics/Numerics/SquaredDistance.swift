import Tensors

/// ‖a − b‖² of each row of `a` and the row of `b` beside it.
func rowDistances(_ a: Matrix, _ b: Matrix) -> [Double] {
  precondition(a.columns == b.columns && a.rows == b.rows, "each row has a partner of its own length")
  let columns = a.columns
  return a.values.withUnsafeBufferPointer { left in
    b.values.withUnsafeBufferPointer { right in
      (0..<a.rows).map { row in
        let place = (row * columns)..<((row + 1) * columns)
        return squaredDistance(.init(rebasing: left[place]), .init(rebasing: right[place]))
      }
    }
  }
}

/// Σ (a − b)²: float32 in sixteen lanes over up to 1024 numbers, whose sums are added in double precision.
func squaredDistance(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Double {
  let (left, right) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
  let (lanes, stretch) = (16, 1024)
  let whole = a.count / lanes * lanes
  var total = 0.0
  for start in stride(from: 0, to: whole, by: stretch) {
    var sum = SIMD16<Float>.zero
    var index = start
    while index < min(start + stretch, whole) {
      let offset = index * MemoryLayout<Float>.stride
      let difference =
        left.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
        - right.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
      sum += difference * difference
      index += lanes
    }
    total += Double(sum.sum())
  }
  for index in whole..<a.count {
    let difference = Double(a[index]) - Double(b[index])
    total += difference * difference
  }
  return total
}
