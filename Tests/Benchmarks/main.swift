import CKernels
import Foundation

// Trains one workload for a number of iterations and prints one JSON object: the processor time of a step in
// milliseconds as the median over windows of steps, the wall time likewise, the peak memory of the process, the
// step's floating-point operations, and what the core reaches at most in registers.

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

func measure(_ workload: Workload, iterations: Int) throws -> Measurement {
  let peak = kernel_fma_peak(0.05) * 1e-9
  let recording = Recording(iterations: iterations, window: max(1, iterations / 12))
  try workload.train(recording)
  let medians = recording.medians
  return Measurement(
    workload: workload.name, batch: workload.batch, cpu_ms: medians.processor, wall_ms: medians.wall,
    peak_mb: recording.peakMegabytes, gflop: recording.operations * 1e-9,
    fma_peak_gflops: max(peak, kernel_fma_peak(0.05) * 1e-9))
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let workload = Workload.all.first(where: { $0.name == arguments[1] }),
  let iterations = Int(arguments[2]), iterations >= 3
else {
  let names = Workload.all.map(\.name).joined(separator: "|")
  FileHandle.standardError.write(Data("usage: benchmark \(names) ITERATIONS, of which there are at least 3\n".utf8))
  exit(64)
}
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
print(String(decoding: try encoder.encode(try measure(workload, iterations: iterations)), as: UTF8.self))
