import Experiments
import Foundation
import GRDB
import Store
import Testing

struct ResultsTests {
  @Test func `what a run left is read back as it was, bit for bit`() throws {
    let folder = try Folder()
    let run = try Sample.run(reading: .code, tier: .nightly, seed: 4)
    try RunStore.open(folder.store()).complete(run)
    let record = try #require(try RunStore.read(folder.store()).records().first)
    #expect(record.run.configuration == run.configuration)
    #expect(record.run.configurationHash == run.configurationHash)
    #expect(record.scores == Sample.scores)
    #expect(record.curves == Sample.curves)
    #expect(record.artefacts == Sample.artefacts)
  }

  @Test func `results come by name, in whatever order they were written`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.register([run])
    try store.save(
      scores: Sample.scores.reversed(), curves: Sample.curves.reversed(), artefacts: Sample.artefacts.reversed(),
      of: run.id)
    let record = try #require(try store.records().first)
    #expect(record.scores == Sample.scores)
    #expect(record.curves == Sample.curves)
    #expect(record.artefacts == Sample.artefacts)
  }

  @Test func `saving again replaces what was there`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    let score = Score(metric: MetricID("kl"), value: 1, unit: "nats", direction: .neither, count: 1)
    try store.save(scores: [score], curves: [], artefacts: [], of: run.id)
    let record = try #require(try store.records().first)
    #expect(record.scores == [score])
    #expect(record.curves.isEmpty)
    #expect(record.artefacts.isEmpty)
  }

  @Test func `what cannot be saved whole is not saved at all`() throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    let run = try Sample.run()
    try store.complete(run)
    let twice = [Sample.curves[0], Sample.curves[0]]
    #expect(throws: StoreError.self) {
      try store.save(scores: [], curves: twice, artefacts: [], of: run.id)
    }
    let infinite = CurvePoint(name: "loss", iteration: 40, value: .infinity)
    #expect(throws: StoreError.notFinite(run: run.id, what: "loss at iteration 40")) {
      try store.save(scores: [], curves: [infinite], artefacts: [], of: run.id)
    }
    let record = try #require(try store.records().first)
    #expect(record.scores == Sample.scores)
    #expect(record.curves == Sample.curves)
  }

  @Test(arguments: ["X''", "X'0102'", "X'01000000030000000200000003000000FF'", "X'01000000000000000200000003000000'"])
  func `a picture that was torn is found out`(content: String) throws {
    let folder = try Folder()
    let store = try RunStore.open(folder.store())
    try store.complete(try Sample.run())
    try DatabaseQueue(path: folder.store()).write { db in
      try db.execute(sql: "UPDATE artefact SET content = \(content) WHERE kind = 'grid'")
    }
    let error = #expect(throws: StoreError.self) { try store.records() }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a picture takes its pixels and sixteen bytes`() throws {
    let folder = try Folder()
    try RunStore.open(folder.store()).complete(try Sample.run())
    let size = try DatabaseQueue(path: folder.store()).read { db in
      try Int.fetchOne(db, sql: "SELECT length(content) FROM artefact WHERE kind = 'grid'")
    }
    #expect(size == 36 + 16)
  }

  @Test func `the views show what was saved`() throws {
    let folder = try Folder()
    let run = try Sample.run(reading: .code)
    try RunStore.open(folder.store()).complete(run)
    try DatabaseQueue(path: folder.store()).read { db in
      let score = try #require(
        try Row.fetchOne(db, sql: "SELECT * FROM v_score WHERE metric LIKE 'nll/importance%'"))
      #expect(score["run_id"] == run.id)
      #expect(score["experiment"] == "dpvae/two-moons/vae+code")
      #expect(score["value"] == 0.1 + 0.2)
      #expect(score["n"] == 20)
      #expect(score["status"] == "done")
      #expect(score["reason"] == "of 20 images")
      let missing = try #require(try Row.fetchOne(db, sql: "SELECT * FROM v_score WHERE value IS NULL"))
      #expect(missing["metric"] == "fd/random-conv")
      #expect(missing["status"] == "not-applicable")
      let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM v_run"))
      #expect(row["status"] == "done")
      #expect(row["weights_hash"] == "5ca1ab1e")
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM v_curve") == Sample.curves.count)
    }
  }
}
