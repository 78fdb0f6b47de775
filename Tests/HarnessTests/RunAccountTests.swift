import Experiments
import Foundation
import Harness
import Store
import Testing

/// What a person asks of runs, by experiment or by run.
@Suite struct RunAccountTests {
  let folder: TemporaryFolder
  let workspace: Workspace
  let store: RunStore
  let runs: [Run]

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(baselines: Baselines.folder, store: folder.path + "/assay.sqlite", data: folder.path)
    store = try workspace.openStore()
    runs = try workspace.plan(["dpvae/two-moons/*vae"], tier: .smoke, seeds: SeedList("0..1")).map(\.run)
    try store.register(runs)
  }

  private func found(_ selectors: String...) throws -> [String] {
    try workspace.accounts(matching: selectors, tier: nil).map(\.run.id)
  }

  @Test func `runs are found by experiment, by id and by experiment with seed, and all without any`() throws {
    let all = try found()
    #expect(Set(all) == Set(runs.map(\.id)) && all.count == runs.count)
    #expect(try found("dpvae/two-moons/vae") == all.filter { $0.hasPrefix("dpvae/two-moons/vae@") })
    #expect(try found("dpvae/two-moons/vae").count == 2)
    #expect(try found(runs[0].id) == [runs[0].id])
    #expect(try found("dpvae/two-moons/vae#1", "dpvae/two-moons/vae#0") == found("dpvae/two-moons/vae"))
    #expect(try found("dpvae/mnist/vae").isEmpty)
    #expect(try workspace.accounts(matching: [], tier: .paper).isEmpty)
  }

  @Test(arguments: ["dpvae/two-moons/vae#7", "dpvae/two-moons/vae@paper*", "dpvae/two-moons/vea"])
  func `what selects nothing that there is is a mistake`(selector: String) throws {
    #expect { try found(selector) } throws: { "\($0)".contains("'\(selector)'") && Failure.exitCode(of: $0) == 64 }
  }

  @Test func `an account has what happened and who is at work, beside the run's own keys`() throws {
    try store.tell("something", of: runs[0].id, at: 5)
    #expect(try store.lease(oneOf: [runs[0].id], at: 7).granted == runs[0].id)
    let account = try #require(try workspace.accounts(matching: [runs[0].id], tier: nil).first)
    #expect(account.events == [RunEvent(time: 5, what: "something")])
    #expect(account.holder?.process.hasPrefix("\(getpid()) on ") == true)
    #expect(account.holder.map { $0.since == nil && $0.lastSign == 7 && !$0.isGone } == true)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(account)) as? [String: Any]
    let object = try #require(json)
    #expect(object["status"] as? String == "running" && object["seed"] as? Int == runs[0].seed)
    #expect((object["events"] as? [[String: Any]])?.first?["what"] as? String == "something")
    #expect((object["holder"] as? [String: Any])?["isGone"] as? Bool == false)
  }
}
