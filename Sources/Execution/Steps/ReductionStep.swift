internal import CKernels

/// A sum or maximum along some axes.
struct ReductionStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let sizes: [Int]
  /// For each axis 1 where it is reduced.
  let reduced: [UInt8]
  let isMaximum: Bool

  func run(_ context: RunContext) {
    let reduce = isMaximum ? kernel_max_axes : kernel_sum_axes
    sizes.withUnsafeBufferPointer { sizes in
      reduced.withUnsafeBufferPointer { reduced in
        reduce(output, input, sizes.count, sizes.baseAddress, reduced.baseAddress)
      }
    }
  }
}
