import Experiments
import Foundation
import FoundationXML
import Harness
import Store
import Testing

/// A study in which everything went wrong that can: no command and no format may pass over it.
@Suite struct BrokenStoreTests {
  let program: Program

  init() throws {
    program = try Program()
    try program.write(Self.store.get(), to: "assay.sqlite")
  }

  /// The file of the study's store, made once.
  private static let store = Result {
    let place = try Program()
    try BrokenStudy(baselines: Program.baselines).write(to: place.home + "/assay.sqlite")
    return try Data(contentsOf: URL(filePath: place.home + "/assay.sqlite"))
  }

  @Test(arguments: ["md", "html", "latex", "csv"])
  func `a paper's table says of every cell why it has no number`(format: String) throws {
    let outcome = try program.call("table", "dpvae/table-1", "--tier", "nightly", "--format", format)
    #expect(outcome.code == 0)
    let words = ["diverged", "failed", "timed out", "interrupted", "not run", "other tier", "not measured"]
    for word in words + ["run at tier smoke, not at tier nightly", "seed 1 (diverged), seed 3 (failed)"] {
      #expect(outcome.output.contains(word), "no '\(word)' in \(format)")
    }
  }

  @Test func `the pages name each run that is not done, and each score that is wanting, with its reason`() throws {
    #expect(try program.call("report", "dpvae", "--tier", "nightly", "-o", program.home + "/report").code == 0)
    for page in ["dpvae.html", "dpvae.md"] {
      let text = try String(contentsOfFile: "\(program.home)/report/\(page)", encoding: .utf8)
      let reasons = BrokenStudy.endings.map { "made up: \($0.status.rawValue)" }
      for word in reasons + ["the value is not a number", "(3 of 5)", "without seed 1 (diverged)", "Not run at tier"] {
        #expect(text.contains(word), "no '\(word)' in \(page)")
      }
    }
  }

  @Test func `the status counts every state and gives every reason`() throws {
    let outcome = try program.call("status", "dpvae/mnist/*", "--tier", "nightly")
    let heading = try #require(outcome.output.split(separator: "\n").first).split(separator: " ").map(String.init)
    #expect(
      heading == ["experiment", "tier", "pending", "done", "failed", "diverged", "timed-out", "interrupted", "minutes"])
    for ending in BrokenStudy.endings { #expect(outcome.output.contains("made up: \(ending.status.rawValue)")) }
  }

  @Test(arguments: [["compare", "--tier", "nightly"], ["compare", "--json"], ["baseline", "show", "--json"]])
  func `a mean beyond the range of numbers is told all the same`(command: [String]) throws {
    let store = try RunStore.open(program.home + "/assay.sqlite")
    let scores = Snapshot(name: "a", promoted: 0, records: try store.records()).scores.map { entry in
      Snapshot.Entry(
        experiment: entry.experiment, tier: entry.tier, seed: entry.seed, configurationHash: entry.configurationHash,
        weightsHash: entry.weightsHash, code: entry.code, metric: entry.metric, value: -.greatestFiniteMagnitude,
        direction: entry.direction)
    }
    try store.promote(Snapshot(name: "a", promoted: 0, scores: scores))
    let outcome = try program.call(command)
    #expect(outcome.code <= 2 && !outcome.output.isEmpty, "\(outcome.errors)")
  }

  @Test func `what happened to a run is told where the run is asked for, and pointed at where none is`() throws {
    let path = program.home + "/assay.sqlite"
    let store = try RunStore.open(path)
    let run = try #require(try store.runs().first { $0.experiment.method == "vae" && $0.seed == 3 })
    try store.tell("resumed at iteration 7 of 9", of: run.id, at: 1_700_000_000)
    let short = try program.call("status")
    #expect(!short.output.contains("resumed") && short.output.contains("assay status dpvae/mnist/vae#3"))
    for selector in ["dpvae/mnist/vae#3", run.id, "dpvae/mnist/vae"] {
      let told = try program.call("status", selector).output.split(separator: "\n").map(String.init)
      #expect(told.contains { $0.hasPrefix(run.id + " done") })
      #expect(
        told.contains { $0.hasPrefix("  2023-11-14 22:13:20  ") && $0.hasSuffix(" ago  resumed at iteration 7 of 9") })
    }
    let object = try program.call("status", run.id, "--json").json()
    let runs = try #require(object["runs"] as? [[String: Any]])
    #expect((runs.first?["events"] as? [[String: Any]])?.first?["what"] as? String == "resumed at iteration 7 of 9")
    #expect(try program.call("status", "dpvae/mnist/vae#77").isRefusal(64, "'dpvae/mnist/vae#77'"))
  }

  @Test func `no claim passes for want of a run, in text, JSON and JUnit, and the exit code is 2`() throws {
    let file = program.home + "/claims.xml"
    let arguments = ["verify", "dpvae/mnist/*", "--tier", "nightly"]
    let text = try program.call(arguments + ["-v", "--junit", file])
    #expect(text.code == 2)
    #expect(text.output.contains("without seed 1 (dpvae/mnist/dpvae diverged: made up: diverged)"))
    let object = try program.call(arguments + ["--json"])
    #expect(object.code == 2)
    let verdicts = try #require(try object.json()["verdicts"] as? [[String: Any]])
    let outcomes = try verdicts.map { try #require($0["outcome"] as? String) }
    #expect(Set(outcomes) == ["supported", "inconclusive", "not-comparable", "not-run"])
    // One claim rests on five whole pairs; nothing else may be supported.
    let supported = try zip(verdicts, outcomes).filter { $1 == "supported" }.map { verdict, _ in
      try #require((verdict["claim"] as? [String: Any])?["id"] as? String)
    }
    #expect(supported == ["dpvae/mnist/info-dpvae-skl-lower"])
    let suite = try #require(try XMLDocument(contentsOf: URL(filePath: file)).rootElement())
    func count(_ name: String) throws -> Int { try suite.nodes(forXPath: "testcase/\(name)").count }
    #expect(suite.name == "testsuite" && suite.attribute(forName: "tests")?.stringValue == "\(verdicts.count)")
    #expect(try count("error") == outcomes.count { ["inconclusive", "not-run"].contains($0) })
    #expect(try count("skipped") == outcomes.count { $0 == "not-comparable" })
    #expect(try count("failure") == 0 && count("system-out") == 1)
  }

  @Test func `a score that a baseline has and the store has not is missing, in text, JSON and summary`() throws {
    let summary = program.home + "/summary.md"
    let text = try program.call("compare", "--summary", summary)
    #expect(text.code == 2)
    #expect(text.output.contains("missing"))
    #expect(text.output.contains("dpvae/mnist/dpvae (nightly) skl/knn?space=z0: "))
    let changes = try #require(try program.call("compare", "--json").json()["changes"] as? [[String: Any]])
    #expect(Set(changes.compactMap { $0["status"] as? String }) == ["identical", "missing"])
    let page = try String(contentsOfFile: summary, encoding: .utf8)
    #expect(page.hasPrefix("# Changes since before\n"))
    #expect(page.contains("| `dpvae/mnist/dpvae` | nightly | `skl/knn?space=z0` | <strong>◦ missing</strong> |"))
    // A second night's summary stands under the first's.
    #expect(try program.call("compare", "--summary", summary).code == 2)
    #expect(try String(contentsOfFile: summary, encoding: .utf8) == page + page)
  }
}

/// Runs of dpVAE on MNIST, made up: two pairs with numbers, and one experiment for every way in which a run can end.
struct BrokenStudy {
  /// What became of all seeds of an experiment.
  static let endings: [(method: String, status: RunStatus)] = [
    ("beta-vae-h", .failed), ("beta-dpvae-h", .timedOut), ("beta-vae-b", .interrupted), ("beta-tcvae", .diverged),
  ]
  private static let metric = MetricID("skl/knn", ["space": "z0"])
  private let papers: PaperCatalog

  init(baselines: String) throws { papers = try PaperCatalog(baselines: baselines) }

  func write(to path: String) throws {
    let store = try RunStore.open(path)
    for seed in 0..<5 {
      try add(to: store, "vae", seed, value: 2 + 0.1 * Double(seed))
      try add(to: store, "info-vae", seed, value: 3 + 0.1 * Double(seed * 3 % 5))
      try add(to: store, "info-dpvae", seed, value: 1 + 0.1 * Double(seed * 2 % 5))
    }
    try store.promote(snapshot(of: store))
    for seed in 0..<5 where seed != 1 { try add(to: store, "dpvae", seed, value: seed == 3 ? .nan : 1) }
    try end(in: store, "dpvae", 1, .diverged)
    for ending in Self.endings { try end(in: store, ending.method, 0, ending.status) }
    try store.register([try run("factor-vae", 0)])
    try add(to: store, "beta-dpvae-b", 0, tier: .smoke, value: 1)
  }

  /// A baseline of what is in the store, and of a score of dpVAE that it will not have.
  private func snapshot(of store: RunStore) throws -> Snapshot {
    let lost = try run("dpvae", 1)
    let entry = Snapshot.Entry(
      experiment: lost.experiment, tier: lost.tier, seed: 1, configurationHash: lost.configurationHash,
      weightsHash: String(repeating: "0", count: 64), code: "abc", metric: Self.metric, value: 1, direction: .lower)
    let own = Snapshot(name: "before", promoted: 0, records: try store.records())
    return Snapshot(name: own.name, promoted: own.promoted, scores: [entry] + own.scores)
  }

  private func run(_ method: String, _ seed: Int, tier: Tier = .nightly) throws -> Run {
    let experiment = try #require(papers.experiments.first { $0.id.description == "dpvae/mnist/\(method)" })
    return Run(
      experiment: experiment.id, tier: tier, seed: seed, configuration: try #require(experiment.configurations[tier]))
  }

  private func begin(in store: RunStore, _ method: String, _ seed: Int, tier: Tier = .nightly) throws -> String {
    let run = try run(method, seed, tier: tier)
    try store.register([run])
    let provenance = Provenance(
      code: "abc", host: "h", processor: "p", instructionSet: "AVX2", threads: 1, libraries: [:], data: [:])
    try store.start(run.id, provenance: provenance, at: 0)
    return run.id
  }

  private func add(
    to store: RunStore, _ method: String, _ seed: Int, tier: Tier = .nightly, value: Double
  ) throws {
    let id = try begin(in: store, method, seed, tier: tier)
    let score = Score(metric: Self.metric, value: value, unit: "nats", direction: .lower, count: 5000)
    try store.save(scores: [score], curves: [], artefacts: [], of: id)
    try store.finish(
      id, with: RunOutcome(status: .done, seconds: 60, weightsHash: String(repeating: "\(seed)", count: 64)))
  }

  private func end(in store: RunStore, _ method: String, _ seed: Int, _ status: RunStatus) throws {
    let id = try begin(in: store, method, seed)
    try store.finish(id, with: RunOutcome(status: status, reason: "made up: \(status.rawValue)", seconds: 1))
  }
}
