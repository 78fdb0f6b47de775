import Execution
import Foundation

/// What a run of a workload used, window by window.
final class Recording: @unchecked Sendable {
  let iterations: Int
  /// Iterations in a window.
  let window: Int
  /// What an iteration runs, in order.
  var plans: [Plan] = []
  private(set) var peakMegabytes = 0.0
  private var marks: [Usage] = []

  init(iterations: Int, window: Int) {
    self.iterations = iterations
    self.window = window
  }

  /// Floating-point operations of one iteration.
  var operations: Double { plans.map(\.operations).reduce(0, +) }

  /// A window is done.
  func mark() {
    marks.append(.now)
    peakMegabytes = Usage.peakMegabytes
  }

  /// Milliseconds of an iteration, the median over the windows after the first.
  var medians: (processor: Double, wall: Double) {
    let windows = zip(marks.dropFirst(), marks)
    return (
      median(windows.map { ($0.processorSeconds - $1.processorSeconds) * 1000 / Double(window) }),
      median(windows.map { ($0.wallSeconds - $1.wallSeconds) * 1000 / Double(window) })
    )
  }
}

/// What a process has used so far.
struct Usage {
  let processorSeconds: Double
  let wallSeconds: Double

  static var now: Usage {
    Usage(
      processorSeconds: Double(nanoseconds(CLOCK_PROCESS_CPUTIME_ID)) * 1e-9,
      wallSeconds: Double(nanoseconds(CLOCK_MONOTONIC)) * 1e-9)
  }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  static var peakMegabytes: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}

/// The median, and the mean of the two middle values where their number is even.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
