import Comparison
import Experiments
import Foundation
import GRDB
import SampleReport
import Store

/// A store of one run in which some bytes are others: of each patch three bytes say where, one how many, and then they come.
func asPatchesOfStore(_ bytes: [UInt8]) throws -> [UInt8] {
  var (store, rest) = (try SampleStore.bytes.get(), bytes[...])
  while rest.count > 4 {
    let place = rest.prefix(3).reduce(0) { $0 << 8 | Int($1) } % store.count
    let patch = rest.dropFirst(4).prefix(Int(rest[rest.startIndex + 3]) % 16).prefix(store.count - place)
    store.replaceSubrange(place..<(place + patch.count), with: patch)
    rest = rest.dropFirst(4 + max(1, patch.count))
  }
  return store
}

/// A store with something in each table that is read, in pages as small as can be.
private enum SampleStore {
  /// Its file, made once.
  static let bytes = Result { try make() }

  private static func make() throws -> [UInt8] {
    let folder = try FuzzFolder()
    let path = folder.path + "/assay.sqlite"
    try RunStore.create(path, fill)
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM")
    }
    try database.close()
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  private static func fill(_ store: RunStore) throws {
    let record = try SampleFindings().findings().records[0]
    let (id, provenance) = (record.run.id, record.run.provenance)
    try store.register([record.run])
    if let provenance { try store.start(id, provenance: provenance, at: 1) }
    let grid = ImageGrid(columns: 2, width: 1, height: 1, channels: 1, pixels: [7, 9])
    try store.save(
      scores: record.scores, curves: Array(record.curves.prefix(4)),
      artefacts: [Artefact(name: "samples", content: .grid(grid))], of: id)
    try store.tell("something", of: id, at: 2)
    try store.finish(id, with: RunOutcome(status: .done, seconds: 3, weightsHash: "ab12"))
    try store.promote(Snapshot(name: "a", promoted: 4, records: store.records()))
  }
}
