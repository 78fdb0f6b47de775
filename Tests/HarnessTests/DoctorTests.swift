import Experiments
import Foundation
import Store
import Testing

@testable import Harness

/// What the doctor says, and that it says what to do.
struct DoctorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func site(store: String? = nil, data: String? = nil) -> Site {
    Site(
      baselines: .success(Baselines.folder), store: store ?? folder.path + "/assay.sqlite",
      data: data ?? folder.path + "/data")
  }

  @Test func `a machine that trains these papers is fit, and whatever is not good says what to do`() {
    let findings = Doctor(
      baselines: Baselines.folder, store: folder.path + "/assay.sqlite", data: folder.path + "/data"
    ).findings(isQuick: true)
    #expect(findings.allSatisfy { $0.state != .broken })
    #expect(
      Set(["processor", "memory", "libraries", "disk", "program", "papers", "store", "mnist", "inception"])
        .isSubset(of: Set(findings.map(\.subject))))
    #expect(
      findings.filter { $0.state == .limited }.allSatisfy { finding in
        ["run", "use", "name", "make room", "leaves"].contains { finding.account.contains($0) }
      })
  }

  @Test func `a program that no commit describes is told, with the way to one that has a commit`() {
    let commit = String(repeating: "a1", count: 20)
    #expect(ProgramExamination.finding(commit, "/b") == Finding("program", .good, "built of commit \(commit)"))
    let changed = ProgramExamination.finding(commit + "+", "/b")
    #expect(changed.state == .limited)
    #expect(changed.account.contains("commit \(commit) alone") && changed.account.contains("run 'make build'"))
    let stray = ProgramExamination.finding("unknown", "/b")
    #expect(stray.state == .limited && stray.account.hasPrefix("no git repository holds /b"))
  }

  @Test func `a whole store is told with its runs, and one that lost a worker with the remedy`() throws {
    let path = folder.path + "/assay.sqlite"
    let store = try RunStore.open(path)
    let papers = try Baselines.catalog()
    let experiment = try #require(papers.experiments.first { $0.id.description == "dpvae/two-moons/vae" })
    let configuration = try #require(experiment.configurations[.smoke])
    try store.register([Run(experiment: experiment.id, tier: .smoke, seed: 0, configuration: configuration)])
    let finding = try #require(StoreExamination().findings(at: site()).first)
    #expect(finding.state == .good)
    #expect(finding.account.hasSuffix("runs: 1 pending"))
  }

  @Test func `a damaged store is broken and says where`() throws {
    let path = folder.path + "/assay.sqlite"
    // Once nobody holds it, all of it lies in its file.
    do { try RunStore.open(path).replacePublished(try Baselines.catalog().papers.flatMap(\.published)) }
    var bytes = try Data(contentsOf: URL(filePath: path))
    // The second half of the pages, but for the header of the file.
    for index in stride(from: bytes.count / 2, to: bytes.count, by: 7) { bytes[index] = 0xff }
    let copy = folder.path + "/damaged.sqlite"
    try bytes.write(to: URL(filePath: copy))
    let finding = try #require(StoreExamination().findings(at: site(store: copy)).first)
    #expect(finding.state == .broken)
    #expect(finding.account.contains("damaged"))
  }

  @Test func `speed is told as a share of the core's peak, and what keeps it down is named`() {
    func finding(_ times: [Double]) -> Finding {
      SpeedExamination.finding(.init(peak: 200e9, operations: 100e9 * 0.01, iterations: times), iterations: 6000)
    }
    let steady = finding([0.010, 0.0101, 0.0099])
    #expect(steady.state == .good)
    #expect(steady.account.contains("200 GFLOP/s a core at most"))
    #expect(steady.account.contains("10.0 ms at 50 % of that, 1.0 minutes a nightly training"))
    #expect(finding([0.010, 0.020, 0.011]).account.contains("other programs are at work"))
    let slow = finding([0.030, 0.030, 0.031])
    #expect(slow.state == .limited)
    #expect(slow.account.contains("assay doctor --profile"))
  }

  @Test func `the speed that is measured is a number`() throws {
    let finding = try #require(SpeedExamination(seconds: 0).findings(at: site()).first)
    #expect(finding.subject == "speed")
    #expect(finding.account.contains("GFLOP/s a core at most, an iteration of dpvae/mnist/vae"))
  }

  @Test func `a place without room is broken, one that does not exist yet is looked at where it will be`() throws {
    let findings = DiskExamination().findings(at: site(data: folder.path + "/not/there/yet"))
    #expect(findings.map(\.subject) == ["disk", "disk for data"])
    #expect(findings.allSatisfy { $0.account.contains(" free for ") })
  }
}
