import Distributions
import Experiments
import Harness
import Methods
import Tensors
import Testing

@Suite struct SelftestTests {
  @Test func `the VAE obeys every law under every prior`() throws {
    var told: [String] = []
    let selftest = try Selftest(of: "vae") { told.append($0) }
    for finding in selftest.findings { #expect(finding.holds, "\(finding.prior): \(finding.law): \(finding.account)") }
    #expect(told == ["standard", "decoupled", "hierarchical", "planar flow"].map { "vae, prior \($0)" })
    // The standard prior's own twin is itself.
    #expect(selftest.findings.count == 4 * LawCatalog.all.count - 1)
    #expect(selftest.holds && selftest.listing.rows.count == 4)
    #expect(selftest.listing.rows.joined().filter { $0 == "✓" }.count == selftest.findings.count)
  }

  @Test func `every method is looked at under the standard and the decoupled prior`() throws {
    let specimens = try Specimen.all(of: nil)
    for type in MethodCatalog.all {
      let priors = specimens.filter { $0.card == type.card }.map(\.priorName)
      #expect(priors.starts(with: ["standard", "decoupled"]))
    }
  }

  @Test func `a law sees a method that breaks it`() throws {
    let specimen = try #require(try Specimen.all(of: "vae").last)
    let broken = Specimen(BrokenMethod(), specimen.configuration, specimen.dataset)
    for name in ["case", "gradient", "twin"] {
      let law = try #require(LawCatalog.all.first { $0.name == name })
      #expect(try !law.check(broken).holds)
      #expect(try law.check(specimen).holds)
    }
  }

  @Test func `an unknown method is refused with those there are`() {
    let error = #expect(throws: SettingsError.self) { try Selftest(of: "vea") { _ in } }
    #expect(error.map { "\($0)" }?.contains("'vea'") == true)
  }
}

/// A method whose encoder learns nothing from the rate, whose special case is none, and which adds the prior's map in.
private struct BrokenMethod: Method {
  static let card = MethodCard(name: "broken", title: "Broken", source: "here")
  static let specialCase = SpecialCase("not at all: the VAE", settings: [:]) { $0.reconstruction + $0.rates.sum() }

  init() {}
  init(settings: SettingValues) {}

  func objective(_ pass: ForwardPass) -> Tensor {
    let moved = pass.prior.isIdentity ? pass.codes : pass.codes + 1
    return pass.reconstruction.detached + 2 * pass.rates.sum() + moved.square.sum()
  }
}
