import Experiments
import Store
import Testing

struct SnapshotTests {
  private func snapshot(_ name: String, at time: Double, in store: RunStore) throws -> Snapshot {
    Snapshot(name: name, promoted: time, records: try store.records())
  }

  @Test func `what is promoted is read again as it was, the oldest first`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    let (later, earlier) = (try snapshot("b", at: 2, in: store), try snapshot("a", at: 1, in: store))
    try store.promote(later)
    try store.promote(earlier)
    #expect(!later.scores.isEmpty)
    #expect(try RunStore.read(folder.store()).snapshots() == [earlier, later])
  }

  @Test func `a promoted baseline outlives the runs it was made of`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    let kept = try snapshot("a", at: 1, in: store)
    try store.promote(kept)
    try store.reset(run.id)
    #expect(try store.snapshots() == [kept])
  }

  @Test func `a name is promoted once`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    let kept = try snapshot("a", at: 1, in: store)
    try store.promote(kept)
    #expect(throws: StoreError.promoted("a")) { try store.promote(Snapshot(name: "a", promoted: 2, scores: [])) }
    #expect(try store.snapshots() == [kept])
  }
}
