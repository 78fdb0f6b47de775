import Experiments
import Methods
import Tensors
import Testing

@Suite struct MethodCatalogTests {
  static let names = MethodCatalog.all.map { $0.card.name }

  @Test func `the catalog is in order of name, and no name comes twice`() {
    #expect(Self.names == Self.names.sorted())
    #expect(Set(Self.names).count == Self.names.count)
  }

  @Test(arguments: names, [MethodSettings.Prior.standard, .decoupled])
  func `every method is made by its name and builds a scalar from a batch`(
    name: String, prior: MethodSettings.Prior
  ) throws {
    let card = try #require(MethodCatalog.all.first { $0.card.name == name }).card
    let values = Dictionary(uniqueKeysWithValues: card.settings.map { ($0.name, 1.0) })
    let configuration = try Configuration.sample(method: name, prior: prior, settings: values)
    let (graph, model) = (Graph(), try LatentModel(configuration))
    let pass = model.pass(over: graph.input("items", [3, 2]), noise: graph.input("noise", [3, 2]), trainCount: 1000)
    let loss = try MethodCatalog.method(configuration.method).objective(pass)
    #expect(type(of: try MethodCatalog.method(configuration.method)).card == card)
    #expect(loss.shape == .scalar)
    #expect(pass.rates.shape == [3])
  }

  @Test func `an unknown method is refused with the list of those there are`() throws {
    let settings = try Configuration.sample(method: "vea").method
    let error = #expect(throws: SettingsError.self) { try MethodCatalog.method(settings) }
    #expect(error.map { "\($0)" }?.contains("'vea'") == true)
    #expect(error.map { "\($0)" }?.contains("there are: \(Self.names.joined(separator: ", "))") == true)
  }

  @Test func `a setting that the method does not have is refused`() throws {
    let settings = try Configuration.sample(settings: ["beta": 4]).method
    let error = #expect(throws: SettingsError.self) { try MethodCatalog.method(settings) }
    #expect(
      error.map { "\($0)" }
        == "method.settings names 'beta', which the method vae does not have; it has none, remove the key.")
  }

  @Test(arguments: [
    ([:], "lacks 'beta'"), (["beta": 1, "gamma": 2], "names 'gamma', which the method weighted does not have"),
    (["beta": Double.nan], "method.settings.beta is nan"),
  ])
  func `settings are exactly those of the card`(values: [String: Double], account: String) {
    let error = #expect(throws: SettingsError.self) { try WeightedVAE.card.values(values) }
    #expect(error.map { "\($0)" }?.contains(account) == true)
  }

  @Test func `a method is its difference from the VAE`() throws {
    let method = WeightedVAE(settings: try WeightedVAE.card.values(["beta": 4]))
    let evaluation = try Evaluation(.sample(), items: [1, 2, 3, 4], noise: [0, 1, -1, 0])
    let plain = VAE(settings: try VAE.card.values([:]))
    let difference = evaluation.loss(method) - evaluation.loss(plain)
    #expect(abs(difference - 3 * evaluation.rates().reduce(0, +)) < 1e-10)
  }
}

/// A method with a setting, for the laws of settings.
private struct WeightedVAE: Method {
  static let card = MethodCard(
    name: "weighted", title: "Weighted", source: "here",
    settings: [Setting(name: "beta", meaning: "the weight of the rate")])
  static let specialCase = SpecialCase.vae("β = 1", settings: ["beta": 1])
  let beta: Float

  init(settings: SettingValues) { beta = settings["beta"] }

  func objective(_ pass: ForwardPass) -> Tensor { pass.reconstruction + beta * pass.rates.sum() }
}
