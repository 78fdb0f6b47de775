/// Scaling of pictures along both axes, rows first, and their numbers brought from [0, 1] to a network's scale.
///
/// Sums are taken in float64, and each pass's results kept in float32.
struct Resize {
  let rows: AxisResize
  let columns: AxisResize
  let scale: Scale

  enum Scale: Hashable {
    /// (255 x − 128) / 128, where so said after 255 x was clipped to 0…255.
    case fromBytes(isClipped: Bool)
    /// 2 x − 1
    case fromUnit

    func callAsFunction(_ x: Double) -> Float {
      switch self {
      case .fromBytes(let isClipped): Float(((isClipped ? min(max(255 * x, 0), 255) : 255 * x) - 128) / 128)
      case .fromUnit: Float(2 * x - 1)
      }
    }
  }

  /// A plane of `[height, width]` numbers to one of the new size.
  func scale(_ plane: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
    precondition(plane.count == rows.inputs * columns.inputs && output.count == rows.outputs * columns.outputs)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: columns.inputs * rows.outputs) { lines in
      alongRows(plane, lines)
      alongColumns(UnsafeBufferPointer(lines), output)
    }
  }

  /// `[height, width]` to `[height, new width]`.
  private func alongRows(_ plane: UnsafeBufferPointer<Float>, _ lines: UnsafeMutableBufferPointer<Float>) {
    let (inputs, outputs, taps) = (rows.inputs, rows.outputs, rows.taps)
    rows.weights.withUnsafeBufferPointer { weights in
      for row in 0..<columns.inputs {
        for column in 0..<outputs {
          let first = row * inputs + rows.firsts[column]
          var sum = 0.0
          for tap in 0..<taps { sum += weights[column * taps + tap] * Double(plane[first + tap]) }
          lines[row * outputs + column] = Float(sum)
        }
      }
    }
  }

  /// `[height, new width]` to `[new height, new width]`, on the new scale.
  private func alongColumns(_ lines: UnsafeBufferPointer<Float>, _ plane: UnsafeMutableBufferPointer<Float>) {
    let (width, taps) = (rows.outputs, columns.taps)
    columns.weights.withUnsafeBufferPointer { weights in
      for row in 0..<columns.outputs {
        let first = columns.firsts[row] * width
        for column in 0..<width {
          var sum = 0.0
          for tap in 0..<taps { sum += weights[row * taps + tap] * Double(lines[first + tap * width + column]) }
          plane[row * width + column] = scale(sum)
        }
      }
    }
  }
}
