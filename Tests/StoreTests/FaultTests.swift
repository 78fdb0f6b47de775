import Experiments
import Foundation
import GRDB
import SmallDisk
import Store
import Testing

/// What becomes of a store when its file, its disk or another program turns on it.
struct FaultTests {
  private let folder: Folder
  private let path: String
  private let store: RunStore

  init() throws {
    folder = try Folder()
    path = folder.store()
    store = try RunStore.open(path)
    try store.complete(try Sample.run())
  }

  /// What may happen to a file that is open.
  enum Fault: CaseIterable { case deleted, moved, replaced, emptied, garbled, newer }

  private func inflict(_ fault: Fault) throws {
    let place = URL(filePath: path)
    switch fault {
    case .deleted: for end in ["", "-wal", "-shm"] { unlink(path + end) }
    case .moved: rename(path, path + ".away")
    case .replaced:
      try FileManager.default.copyItem(atPath: path, toPath: path + ".other")
      rename(path + ".other", path)
    case .emptied: truncate(path, 0)
    case .garbled:
      let file = try FileHandle(forWritingTo: place)
      try file.write(contentsOf: Data(repeating: 0x5a, count: 8192))
      try file.close()
    case .newer: try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    }
  }

  private func error(after fault: Fault) -> StoreError {
    switch fault {
    case .deleted, .moved, .replaced: .vanished(path: path)
    case .emptied: .damaged(path: path, what: "it was emptied while it was in use")
    case .garbled: .notDatabase(path: path)
    case .newer: .newer(path: path, version: 99, known: 6)
    }
  }

  @Test(arguments: Fault.allCases)
  func `a store whose file is no longer what was opened takes nothing more, and says why`(fault: Fault) throws {
    try inflict(fault)
    let run = try Sample.run(seed: 1)
    #expect(throws: error(after: fault)) { try store.register([run]) }
    if fault != .newer { #expect(throws: error(after: fault)) { try store.runs() } }
  }

  @Test func `a store that was deleted while it was in use is written again with all it held`() throws {
    let records = try store.records()
    try inflict(.deleted)
    try store.restore()
    #expect(try RunStore.open(path).records() == records)
  }

  @Test(arguments: [Fault.replaced, .emptied])
  func `nothing that took a store's place is written over`(fault: Fault) throws {
    try inflict(fault)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect(throws: StoreError.vanished(path: path)) { try store.restore() }
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int == size)
  }

  @Test func `a worker that finds no store makes none`() throws {
    try inflict(.deleted)
    #expect(throws: StoreError.missing(path: path)) { try RunStore.open(path, creating: false) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `reading a store in the process that writes it lets go of no lock, so that no other drops its log`()
    async throws
  {
    _ = try RunStore.read(path).runs()
    // The last to close a store brings its log into the file and removes it, which the first still writes to.
    await #expect(processExitsWith: .success) { [path = path as String] in
      try RunStore.open(path).complete(try Sample.run(seed: 1))
    }
    try store.complete(try Sample.run(seed: 2))
    await #expect(processExitsWith: .success) { [path = path as String] in
      let seeds = try RunStore.read(path).runs().map(\.seed)
      #expect(seeds == [0, 1, 2])
    }
  }

  @Test func `a store that another program holds for long is refused in a sentence, and serves when it is free again`()
    throws
  {
    let store = try RunStore.open(path, patience: 0.02)
    let other = try DatabaseQueue(path: path)
    let run = try Sample.run(seed: 1)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: StoreError.busy(path: path)) { try store.register([run]) }
      try db.execute(sql: "COMMIT")
    }
    try store.complete(run)
    #expect(try store.runs().map(\.status) == [.done, .done])
  }

  @Test func `a store is made with all it is to hold, or not at all`() throws {
    struct Failure: Error {}
    let copy = folder.store("copy.sqlite")
    #expect(throws: Failure.self) {
      try RunStore.create(copy) { store in
        try store.register([try Sample.run()])
        throw Failure()
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasPrefix("copy") })
    _ = try RunStore.create(copy) { try $0.merge(store) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("copy") }.count == 1)
    #expect(try RunStore.read(copy).records() == store.records())
  }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `what does not fit on the disk is refused whole, and fits once there is room`() throws {
    let disk = try SmallDisk(kilobytes: 1024)
    let (path, run) = (disk.path + "/assay.sqlite", try Sample.run())
    let store = try RunStore.open(path)
    try store.register([run])
    try store.start(run.id, provenance: Sample.provenance, at: 0)
    let picture = Artefact(
      name: "samples",
      content: .grid(
        ImageGrid(columns: 1, width: 400, height: 400, channels: 1, pixels: Array(repeating: 7, count: 160_000))))
    try disk.fill(leaving: 64)
    #expect(throws: StoreError.full(path: path)) {
      try store.record("pictures", scores: Sample.scores, artefacts: [picture], of: run.id)
    }
    #expect(try store.parts(of: run.id).isEmpty)
    disk.clear()
    try store.record("pictures", scores: Sample.scores, artefacts: [picture], of: run.id)
    try store.finish(run.id, with: Sample.done)
    #expect(try store.records().map(\.artefacts) == [[picture]])
    #expect(try store.health().damage.isEmpty)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `a store on a disk that nobody may write to is good for reading alone`() throws {
    let disk = try SmallDisk(kilobytes: 2048)
    let copy = disk.path + "/copy.sqlite"
    _ = try RunStore.create(copy) { try $0.merge(store) }
    try disk.seal()
    #expect(throws: StoreError.notWritable(path: copy, reason: "Read-only file system")) { try RunStore.open(copy) }
    #expect(try RunStore.read(copy).records() == store.records())
  }
}
