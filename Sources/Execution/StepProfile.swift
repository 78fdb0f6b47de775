import Foundation
import Tensors

/// What one step of a plan takes, and what it does for it.
package struct StepProfile: Codable, Sendable {
  /// As in the plan's listing.
  package let label: String
  /// Processor time of one run, the median over several.
  package let seconds: Double
  /// Floating-point operations of the convolution or product that the step computes, 0 for other steps.
  package let operations: Double
  /// Bytes of the buffers that the step reads and writes, each counted once.
  package let bytes: Double

  package init(label: String, seconds: Double, operations: Double, bytes: Double) {
    self.label = label
    self.seconds = seconds
    self.operations = operations
    self.bytes = bytes
  }
}

/// What a step does, counted when it is planned.
struct StepWork {
  let operations: Double
  let bytes: Double
}

extension Plan {
  /// Runs the plan so many times and gives the median processor time of each step, in order of the plan.
  ///
  /// An update in the program changes the parameters, as in any run. The cost of reading the clock is taken off.
  package func profile(runs: Int, seed: UInt64 = 0) -> [StepProfile] {
    let clock = Self.clockCost()
    var times = Array(repeating: [Double](), count: steps.count)
    for run in 0..<(runs + 1) {
      let context = RunContext(seed: seed, step: UInt64(run))
      var last = processorSeconds()
      for (index, step) in steps.enumerated() {
        step.run(context)
        let now = processorSeconds()
        // The first run meets cold caches and untouched memory.
        if run > 0 { times[index].append(now - last - clock) }
        last = now
      }
    }
    return steps.indices.map { index in
      let middle = times[index].sorted()[runs / 2]
      return StepProfile(
        label: listing[index], seconds: max(middle, 0), operations: work[index].operations, bytes: work[index].bytes)
    }
  }

  /// Floating-point operations of a run's convolutions and matrix products, a multiply-add counted as two and taps on
  /// padding like any others.
  package var operations: Double { work.map(\.operations).reduce(0, +) }

  private static func clockCost() -> Double {
    let start = processorSeconds()
    for _ in 0..<1000 { _ = processorSeconds() }
    return (processorSeconds() - start) / 1001
  }
}

/// Processor time of this thread so far.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}
