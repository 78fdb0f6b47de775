import CKernels
import Execution
import Foundation

// Runs one workload for a number of iterations and prints one JSON object: the processor time of a step in
// milliseconds as the median over windows of steps, the wall time likewise, the peak memory of the process, the
// step's floating-point operations, and what the core reaches at most in registers. With a third argument it also
// prints to standard error where the time goes, step by step of its plans. `store` lets processes write to one store.

/// What is printed.
struct Measurement: Codable {
  let workload: String
  let batch: Int
  let cpu_ms: Double
  let wall_ms: Double
  let peak_mb: Double
  let gflop: Double
  let fma_peak_gflops: Double
}

func measure(_ workload: Workload, iterations: Int, profiled: Bool) throws -> Measurement {
  let recording = Recording(iterations: iterations, window: max(1, iterations / 12))
  try workload.run(recording)
  let medians = recording.medians
  if profiled { FileHandle.standardError.write(Data((profile(recording) + "\n").utf8)) }
  return Measurement(
    workload: workload.name, batch: workload.batch, cpu_ms: medians.processor, wall_ms: medians.wall,
    peak_mb: recording.peakMegabytes, gflop: recording.operations * 1e-9,
    fma_peak_gflops: kernel_fma_peak(0.1) * 1e-9)
}

/// The steps of a recording's plans, longest first: milliseconds, GFLOP/s or GB/s, and what they are.
func profile(_ recording: Recording) -> String {
  let steps = recording.plans.flatMap { $0.profile(runs: 15) }.sorted { $0.seconds > $1.seconds }
  let total = steps.map(\.seconds).reduce(0, +)
  let lines = steps.filter { $0.seconds > 0.002 * total }.map { step in
    let (rate, unit) = step.operations > 0 ? (step.operations, "GFLOP/s") : (step.bytes, "GB/s   ")
    let numbers = (step.seconds * 1e3, step.seconds / total * 100, rate / step.seconds * 1e-9)
    return String(format: "%8.3f ms %5.1f%% %6.0f ", numbers.0, numbers.1, numbers.2) + "\(unit) \(step.label)"
  }
  return (lines + [String(format: "%8.3f ms in all", total * 1e3)]).joined(separator: "\n")
}

func show(_ result: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  print(String(decoding: try encoder.encode(result), as: UTF8.self))
}

let arguments = CommandLine.arguments
if arguments.count == 5, arguments[1] == "store-writer", let writer = Int(arguments[3]), let count = Int(arguments[4]) {
  try StoreWriters.write(to: arguments[2], as: writer, transactions: count)
} else if arguments.count == 4, arguments[1] == "store", let writers = Int(arguments[2]), let count = Int(arguments[3])
{
  try show(StoreWriters(writers: writers, each: count))
} else if (3...4).contains(arguments.count), let workload = Workload.all.first(where: { $0.name == arguments[1] }),
  let iterations = Int(arguments[2]), iterations >= 3
{
  try show(measure(workload, iterations: iterations, profiled: arguments.count == 4))
} else {
  let names = Workload.all.map(\.name).joined(separator: "|")
  let usage =
    "usage: benchmark \(names) ITERATIONS [profile], at least 3 of them; benchmark store WRITERS TRANSACTIONS\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(64)
}
