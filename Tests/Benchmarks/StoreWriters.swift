import Experiments
import Foundation
import Store

/// What processes that record results in one store at once, as a sweep's workers do, bring about together.
struct StoreWriters: Codable {
  let writers: Int
  let transactions: Int
  let wall_s: Double
  let transactions_per_s: Double

  /// Lets so many processes of this program record so many scores each, every one in a transaction of its own.
  init(writers: Int, each transactions: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "writers-\(UUID().uuidString)")
    defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
    let path = folder.appending(path: "assay.sqlite").path
    try RunStore.open(path).register((0..<writers).map(Self.run))
    let began = Usage.now
    let processes = try (0..<writers).map { writer in
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = ["store-writer", path, "\(writer)", "\(transactions)"]
      try process.run()
      return process
    }
    for process in processes { process.waitUntilExit() }
    wall_s = Usage.now.wallSeconds - began.wallSeconds
    let parts = try RunStore.read(path).runs().map { try RunStore.read(path).parts(of: $0.id).count }
    (self.writers, self.transactions) = (writers, parts.reduce(0, +))
    transactions_per_s = Double(self.transactions) / wall_s
  }

  /// What one of the processes does.
  static func write(to path: String, as writer: Int, transactions: Int) throws {
    let (store, id) = (try RunStore.open(path, creating: false), try run(writer).id)
    let provenance = Provenance(
      code: "none", host: "bench", processor: "any", instructionSet: "any", threads: 1, libraries: [:], data: [:])
    try store.start(id, provenance: provenance, at: Date().timeIntervalSince1970)
    for index in 0..<transactions {
      let metric = MetricID("elbo", ["n": "\(index)"])
      let score = Score(metric: metric, value: 1, unit: "nats", direction: .higher, count: 100)
      try store.record(metric.description, scores: [score], of: id)
    }
  }

  private static func run(_ writer: Int) throws -> Run {
    Run(
      experiment: ExperimentID(paper: "bench", dataset: "noise", method: "vae", reading: .paper), tier: .smoke,
      seed: writer, configuration: try Workload.configuration(network: "dpvae-mnist", latents: 2, batch: 100))
  }
}
