import Experiments
import Foundation
import Store
import Testing

struct ConcurrencyTests {
  @Test func `many that create the same store at once all get it`() async throws {
    let folder = try Folder()
    let path = folder.store()
    let versions = try await withThrowingTaskGroup(of: Int.self) { group in
      for seed in 0..<12 {
        group.addTask {
          let store = try RunStore.open(path)
          try store.register([try Sample.run(seed: seed)])
          return try store.runs().count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(versions.count == 12)
    #expect(try RunStore.read(path).runs().map(\.seed) == Array(0..<12))
  }

  @Test func `two stores on one file write side by side and lose nothing`() async throws {
    let folder = try Folder()
    let path = folder.store()
    try RunStore.open(path).register(try (0..<40).map { try Sample.run(seed: $0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for half in 0..<2 {
        let store = try RunStore.open(path)
        group.addTask {
          for seed in stride(from: half, to: 40, by: 2) { try store.complete(try Sample.run(seed: seed)) }
        }
      }
      try await group.waitForAll()
    }
    let records = try RunStore.read(path).records()
    #expect(records.count == 40)
    for record in records {
      #expect(record.run.status == .done)
      #expect(record.scores == Sample.scores)
      #expect(record.curves == Sample.curves)
    }
  }

  @Test func `a reader sees all of a run's results or none`() async throws {
    let folder = try Folder()
    let path = folder.store()
    let run = try Sample.run()
    let (writer, reader) = (try RunStore.open(path), try RunStore.open(path))
    try writer.register([run])
    async let writing: Void = Task.detached {
      for _ in 0..<50 {
        try writer.save(scores: Sample.scores, curves: Sample.curves, artefacts: Sample.artefacts, of: run.id)
        try writer.reset(run.id)
      }
    }.value
    for _ in 0..<50 {
      let record = try #require(try reader.records().first)
      #expect(record.scores.isEmpty == record.curves.isEmpty)
      #expect(record.scores.isEmpty || record.artefacts == Sample.artefacts)
    }
    try await writing
  }

  // Processes, not threads: what a sweep's workers are.
  @Test func `processes write to one store side by side`() async throws {
    let folder = try Folder()
    let path = folder.store()
    async let first: ExitTest.Result? = #expect(processExitsWith: .success) { [path = path as String] in
      for seed in 0..<10 { try RunStore.open(path).complete(try Sample.run(seed: seed)) }
    }
    async let second: ExitTest.Result? = #expect(processExitsWith: .success) { [path = path as String] in
      for seed in 10..<20 { try RunStore.open(path).complete(try Sample.run(seed: seed)) }
    }
    _ = await (first, second)
    #expect(try RunStore.read(path).runs().map(\.status) == Array(repeating: .done, count: 20))
  }
}
