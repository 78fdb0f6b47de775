import Experiments
import Foundation
import GRDB
import Store
import Testing

/// Shards of a study become one store, whatever order they come in and however often.
struct MergeTests {
  private let folder: Folder
  private let whole: RunStore
  private let shard: RunStore

  init() throws {
    folder = try Folder()
    (whole, shard) = (try RunStore.open(folder.store("whole.sqlite")), try RunStore.open(folder.store("shard.sqlite")))
  }

  /// Everything a person reads of a store.
  private func content(_ store: RunStore) throws -> [RunRecord] { try store.records() }

  private func fail(_ run: Run, in store: RunStore, at time: Double = 1000, reason: String = "no memory") throws {
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: time)
    try store.finish(run.id, with: RunOutcome(status: .failed, reason: reason))
  }

  @Test func `a run that is not there is taken over with all it left`() throws {
    try shard.complete(try Sample.run())
    let merge = try whole.merge(shard)
    #expect(merge.added == [try Sample.run().id])
    #expect(try content(whole) == content(shard))
  }

  @Test func `merging again changes nothing`() throws {
    try shard.complete(try Sample.run(seed: 0))
    try fail(try Sample.run(seed: 1), in: shard)
    try shard.register([try Sample.run(seed: 2)])
    _ = try whole.merge(shard)
    let once = try content(whole)
    let again = try whole.merge(shard)
    #expect(again.kept.count == 3)
    #expect(again.added.isEmpty && again.advanced.isEmpty && again.conflicts.isEmpty)
    #expect(try content(whole) == once)
  }

  @Test func `shards give the same store in either order`() throws {
    try shard.complete(try Sample.run(seed: 0))
    try fail(try Sample.run(seed: 1), in: shard)
    let other = try RunStore.open(folder.store("other.sqlite"))
    try fail(try Sample.run(seed: 0), in: other)
    try other.complete(try Sample.run(seed: 1))
    let reversed = try RunStore.open(folder.store("reversed.sqlite"))
    for each in [shard, other] { _ = try whole.merge(each) }
    for each in [other, shard] { _ = try reversed.merge(each) }
    #expect(try content(whole) == content(reversed))
    #expect(try content(whole).map(\.run.status) == [.done, .done])
  }

  @Test func `the account that is further stays`() throws {
    let run = try Sample.run()
    try whole.register([run])
    try fail(run, in: shard)
    #expect(try whole.merge(shard).advanced == [run.id])
    let finished = try RunStore.open(folder.store("finished.sqlite"))
    try finished.complete(run)
    #expect(try whole.merge(finished).advanced == [run.id])
    #expect(try whole.merge(shard).kept == [run.id])
    #expect(try content(whole) == content(finished))
  }

  @Test func `of two failures the later stays`() throws {
    let run = try Sample.run()
    try fail(run, in: whole, at: 2000, reason: "the later")
    try fail(run, in: shard, at: 1000, reason: "the earlier")
    #expect(try whole.merge(shard).kept == [run.id])
    #expect(try shard.merge(whole).advanced == [run.id])
    #expect(try content(whole).map(\.run.reason) == ["the later"])
    #expect(try content(shard) == content(whole))
  }

  @Test func `two finished accounts that differ are a conflict and ours stays`() throws {
    let run = try Sample.run()
    try whole.complete(run)
    try shard.register([run])
    try shard.start(run.id, provenance: Sample.provenance, at: 1000)
    try shard.save(scores: Sample.scores, curves: [], artefacts: [], of: run.id)
    try shard.finish(run.id, with: RunOutcome(status: .done, weightsHash: "another"))
    let before = try content(whole)
    let merge = try whole.merge(shard)
    #expect(merge.conflicts.map(\.run) == [run.id])
    #expect(merge.conflicts.map(\.difference) == ["weights 5ca1ab1e here and another there"])
    #expect(try content(whole) == before)
  }

  @Test func `two finished accounts with other scores are a conflict that names the metric`() throws {
    let run = try Sample.run()
    try whole.complete(run)
    try shard.register([run])
    try shard.start(run.id, provenance: Sample.provenance, at: 1000)
    let score = Score(metric: MetricID("elbo"), value: -12.25, unit: "nats", direction: .higher, count: 200)
    try shard.save(scores: [score], curves: [], artefacts: [], of: run.id)
    try shard.finish(run.id, with: Sample.done)
    #expect(try whole.merge(shard).conflicts.map(\.difference) == ["elbo is -12.5 here and -12.25 there"])
  }

  @Test func `a run at work in either store is left alone`() throws {
    let run = try Sample.run()
    try shard.register([run])
    try shard.start(run.id, provenance: Sample.provenance, at: 1000)
    #expect(try whole.merge(shard).atWork == [run.id])
    #expect(try content(whole).isEmpty)
    let finished = try RunStore.open(folder.store("finished.sqlite"))
    try finished.complete(run)
    #expect(try shard.merge(finished).atWork == [run.id])
    #expect(try content(shard).map(\.run.status) == [.running])
  }

  @Test func `only the runs that are wanted are taken over`() throws {
    for seed in 0..<3 { try shard.complete(try Sample.run(seed: seed)) }
    #expect(try whole.merge(shard) { $0.seed == 1 }.added == [try Sample.run(seed: 1).id])
    #expect(try content(whole).map(\.run.seed) == [1])
  }

  @Test func `what happened to a run comes along once, in place of what its account here told`() throws {
    let run = try Sample.run()
    try fail(run, in: whole)
    try fail(run, in: shard, at: 2000, reason: "no disk")
    try shard.reset(run.id)
    try shard.start(run.id, provenance: Sample.provenance, at: 3000)
    try shard.finish(run.id, with: Sample.done)
    for _ in 0..<2 { _ = try whole.merge(shard) }
    let events = try whole.events(of: run.id)
    #expect(events.map(\.what) == ["failed: no disk", "attempt 2 begins anew"])
    #expect(try events == shard.events(of: run.id))
  }

  @Test func `baselines come along under names that are free`() throws {
    try shard.complete(try Sample.run())
    let theirs = Snapshot(name: "night", promoted: 5, records: try content(shard))
    try shard.promote(theirs)
    try whole.promote(Snapshot(name: "first", promoted: 1, records: []))
    for _ in 0..<2 { _ = try whole.merge(shard) }
    #expect(try whole.snapshots() == [Snapshot(name: "first", promoted: 1, scores: []), theirs])
  }
}
