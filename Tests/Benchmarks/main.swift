import Datasets
import Execution
import Experiments
import Foundation
import Training

// Trains one workload for a number of iterations and prints one JSON object: the processor time of a step in
// milliseconds as the median over windows of ten steps, the wall time likewise, and the peak memory of the process.

/// A configuration that users train, by name.
struct Workload {
  let name: String
  let prior: MethodSettings.Prior

  static let all = [
    Workload(name: "dpvae-mnist", prior: .decoupled),
    Workload(name: "vae-mnist", prior: .standard),
  ]

  func configuration(iterations: Int, window: Int) throws -> Configuration {
    let json = """
      {
        "dataset": {"name": "glyphs", "trainLimit": 0, "testLimit": 0, "augment": false},
        "method": {"name": "vae", "prior": "\(prior.rawValue)", "mseWeight": 1, "settings": {}},
        "network": {"name": "dpvae-mnist", "latents": 2, "leakySlope": 0.01, "couplingBlocks": 6},
        "training": {
          "iterations": \(iterations), "batch": 100, "learningRate": 1e-4, "beta1": 0.9, "beta2": 0.999,
          "epsilon": 1e-8, "selection": "last", "checkpointEvery": \(iterations), "logEvery": \(window)
        },
        "evaluation": {
          "samples": 0, "lowPosteriorDraws": 0, "lowPosteriorKept": 0, "sklSamples": 0, "leakageSamples": 0,
          "leakagePosteriors": 0, "likelihoodImages": 0, "likelihoodSamples": 0, "lowPosteriorDensity": "exact"
        }
      }
      """
    return try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
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

func measure(_ workload: Workload, iterations: Int) throws {
  let window = 10
  let configuration = try workload.configuration(iterations: iterations, window: window)
  let dataset = try DatasetCatalog.load(
    "glyphs", settings: configuration.dataset, from: DataFolder(path: FileManager.default.currentDirectoryPath))
  var marks: [Usage] = []
  _ = try train(configuration, seed: 0, on: dataset, executor: CPUExecutor()) { _ in marks.append(.now) }
  let windows = zip(marks.dropFirst(), marks)
  let processor = median(windows.map { ($0.processorSeconds - $1.processorSeconds) * 1000 / Double(window) })
  let wall = median(windows.map { ($0.wallSeconds - $1.wallSeconds) * 1000 / Double(window) })
  print(
    #"{"workload": "\#(workload.name)", "cpu_ms": \#(processor), "wall_ms": \#(wall), "peak_mb": \#(Usage.peakMegabytes)}"#
  )
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let workload = Workload.all.first(where: { $0.name == arguments[1] }),
  let iterations = Int(arguments[2]), iterations >= 30
else {
  let names = Workload.all.map(\.name).joined(separator: "|")
  FileHandle.standardError.write(Data("usage: benchmark \(names) ITERATIONS, of which there are at least 30\n".utf8))
  exit(64)
}
try measure(workload, iterations: iterations)
