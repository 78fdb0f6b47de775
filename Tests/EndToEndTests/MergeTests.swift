import Foundation
import Testing

/// A study in shards, joined by the built program.
@Suite struct MergeTests {
  let program: Program

  init() throws { program = try Program() }

  private func store(_ name: String) -> String { "\(program.home)/\(name).sqlite" }

  /// Runs what is missing, and gives all runs with their scores but without what a clock says.
  private func run(seeds: String, into name: String) throws -> [String] {
    let outcome = try program.call(
      "run", "dpvae/two-moons/vae", "--seeds", seeds, "--set", "training.iterations=20", "--store", store(name),
      "--json", "-q")
    #expect(outcome.code == 0)
    return try #require(try outcome.json()["runs"] as? [[String: Any]]).map { run in
      let timeless = run.filter { $0.key != "seconds" }
      return String(
        decoding: try JSONSerialization.data(
          withJSONObject: timeless, options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
    }
  }

  @Test func `a study in shards has the scores of the study in one piece, also after an export`() throws {
    let whole = try run(seeds: "0..1", into: "whole")
    #expect(whole.count == 2 && whole.allSatisfy { $0.contains("skl/knn") })
    for seed in ["0", "1"] { _ = try run(seeds: seed, into: "shard-\(seed)") }
    let merge = try program.call("merge", store("shard-0"), store("shard-1"), "--store", store("merged"))
    #expect(merge.code == 0)
    #expect(merge.output.split(separator: "\n").count == 3)
    #expect(try run(seeds: "0..1", into: "merged") == whole)

    let export = try program.call("export", store("exported"), "dpvae/*", "--store", store("merged"))
    #expect(export.code == 0)
    #expect(try run(seeds: "0..1", into: "exported") == whole)
    #expect(try program.call("export", store("exported"), "--store", store("merged")).isRefusal(64, "is there already"))
  }

  @Test func `a shard that is no store is refused before anything is taken over`() throws {
    let text = "\(program.home)/shard.txt"
    try Data("no store".utf8).write(to: URL(filePath: text))
    let refused = try program.call("merge", text, "--store", store("whole"))
    #expect(refused.isRefusal(3, "is no SQLite file"))
    #expect(!FileManager.default.fileExists(atPath: store("whole")))
    #expect(try program.call("merge", store("nowhere"), "--store", store("whole")).isRefusal(3, "there is no store"))
  }
}
