internal import CKernels

/// Copies rows of equal length from one table into another, whose rows may be longer.
struct RowCopyStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let rows: Int
  /// Floats copied of each row.
  let length: Int
  /// Floats from one row to the next.
  let outputStride: Int
  let inputStride: Int

  func run(_ context: RunContext) {
    for row in 0..<rows {
      (output + row * outputStride).update(from: input + row * inputStride, count: length)
    }
  }
}

/// Writes zeros.
struct ZeroStep: Step {
  let output: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ context: RunContext) { output.update(repeating: 0, count: count) }
}

/// Copies a tensor whose elements are reached by strides, 0 where an axis repeats.
struct StridedCopyStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let sizes: [Int]
  let strides: [Int]

  func run(_ context: RunContext) {
    sizes.withUnsafeBufferPointer { sizes in
      strides.withUnsafeBufferPointer { strides in
        kernel_strided_copy(output, input, sizes.count, sizes.baseAddress, strides.baseAddress)
      }
    }
  }
}

/// Brings images from one layout into another.
struct ReorderStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let batch: Int
  let channels: Int
  let area: Int
  let from: Layout
  let to: Layout

  func run(_ context: RunContext) {
    switch (from, to) {
    case (.channelsLast, .plain): kernel_transpose(output, input, batch, area, channels)
    case (.plain, .channelsLast): kernel_transpose(output, input, batch, channels, area)
    case (.channelsLast, _): exchangeBlocks(rows: area, columns: channels / 16)
    case (_, .channelsLast): exchangeBlocks(rows: channels / 16, columns: area)
    case (.plain, _): kernel_to_blocked16(output, input, batch, channels, area)
    default: kernel_from_blocked16(output, input, batch, channels, area)
    }
  }

  /// Transposes a table of sixteens of each image.
  private func exchangeBlocks(rows: Int, columns: Int) {
    let strides = [rows * columns * 16, 16, columns * 16, 1]
    kernel_strided_copy(output, input, strides.count, [batch, columns, rows, 16], strides)
  }
}
