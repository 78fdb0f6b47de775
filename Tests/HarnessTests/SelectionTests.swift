import Experiments
import Harness
import Testing

@Suite struct SelectionTests {
  let catalog: PaperCatalog

  init() throws { catalog = try Baselines.catalog() }

  private func ids(_ selectors: String...) throws -> [String] {
    try catalog.experiments(matching: selectors).map(\.id.description)
  }

  @Test func `no selector selects all`() throws {
    #expect(try ids() == catalog.experiments.map(\.id.description))
  }

  @Test func `an id selects itself and not its other reading`() throws {
    #expect(try ids("dpvae/mnist/vae") == ["dpvae/mnist/vae"])
  }

  @Test func `wildcards are those of the shell, and cross slashes`() throws {
    let all = catalog.experiments.map(\.id.description)
    #expect(try ids("dpvae/two-moons/*") == all.filter { $0.hasPrefix("dpvae/two-moons/") })
    #expect(try ids("dpvae/*") == all.filter { $0.hasPrefix("dpvae/") })
    #expect(
      try ids("dpvae/[m]nist/?*vae")
        == all.filter { $0.hasPrefix("dpvae/mnist/") && $0.hasSuffix("vae") && $0 != "dpvae/mnist/vae" })
    #expect(try ids("dpvae/[m]nist/*vae").contains("dpvae/mnist/vae"))
  }

  @Test func `what two selectors match is selected once, in the catalog's order`() throws {
    let all = catalog.experiments.map(\.id.description)
    let chosen = try ids("dpvae/glyphs/*", "dpvae/mnist/vae", "dpvae/glyphs/vae")
    #expect(chosen == all.filter { $0.hasPrefix("dpvae/glyphs/") || $0 == "dpvae/mnist/vae" })
  }

  @Test func `a selector that matches nothing is refused with the nearest ids`() throws {
    #expect {
      try catalog.experiments(matching: ["dpvae/mnist/vae", "dpvae/mnsit/dpvae"])
    } throws: { error in
      guard case HarnessError.unknownExperiment(let selector, let nearest) = error else { return false }
      return selector == "dpvae/mnsit/dpvae" && nearest.first == "dpvae/mnist/dpvae"
        && Failure.exitCode(of: error) == 64
    }
  }

  @Test func `papers are chosen by name, and an unknown one is refused`() throws {
    #expect(try catalog.papers(named: []).map(\.name) == catalog.papers.map(\.name))
    #expect(try catalog.papers(named: ["dpvae"]).map(\.name) == ["dpvae"])
    #expect(throws: HarnessError.unknownPaper("vae", known: catalog.papers.map(\.name))) {
      try catalog.papers(named: ["vae"])
    }
  }
}
