import Distributions
import Experiments
import Methods
import Tensors
import Testing

/// What holds of every method of the catalog, under every prior.
@Suite struct MethodLawTests {
  static let names = MethodCatalog.all.map { $0.card.name }
  static let priors: [any Prior] = [
    DecoupledPrior(latents: 6, blocks: 2), HierarchicalPrior(latents: 6), PlanarFlow(latents: 6, layers: 3),
    StandardPrior(latents: 6),
  ]
  /// Single precision, through the sums of a batch.
  private let tolerance = 1e-5

  @Test(arguments: MethodCatalog.all.indices, priors.indices)
  func `at the settings of its special case a method has the simpler one's objective`(
    method: Int, prior: Int
  ) throws {
    let (type, parts) = (MethodCatalog.all[method], Parts(Self.priors[prior]))
    let special = type.specialCase
    let objective = type.init(settings: try type.card.values(special.settings)).objective(parts.pass)
    let values = try parts.valuesOnProcessor([objective, special.objective(parts.pass)])
    #expect(abs(values[0][0] - values[1][0]) <= tolerance * max(1, abs(values[1][0])), "\(special.statement)")
  }

  @Test(arguments: names, priors.dropLast().indices)
  func `where the flow is the identity a method is its plain twin`(name: String, prior: Int) throws {
    let flow = Self.priors[prior]
    let bent = Parts(flow)
    let plain = Parts(StandardPrior(latents: flow.latents)) { mean, logVariance, codes in
      flow is any FlowPrior
        ? (codes.square - logVariance).sumPerItem() * 0.5
        : StandardPrior(latents: flow.latents).rate(mean: mean, logVariance: logVariance, sample: codes)
    }
    let values = try [bent, plain].map { parts in
      let objective = try Self.method(name).objective(parts.pass)
      let weights = { (leaves: [Parameter]) in
        waves(for: leaves).merging(zeros(for: leaves.filter { $0.name.hasPrefix("prior.") })) { $1 }
      }
      return try parts.valuesOnProcessor([objective, parts.pass.rates.sum()], weights: weights)
    }
    for (a, b) in zip(values[0], values[1]) { #expect(abs(a[0] - b[0]) <= tolerance * max(1, abs(b[0]))) }
  }

  @Test(arguments: names)
  func `what needs pairs of items says so`(name: String) throws {
    let needsPairs = ["beta-tcvae", "wae-mmd"].contains(name)
    #expect(try Self.method(name).smallestBatch == (needsPairs ? 2 : 1))
  }

  @Test func `a capacity grows evenly, and stays once it is reached`() throws {
    let parts = Parts(StandardPrior(latents: 2))
    let rate = parts.values([parts.pass.rates.sum()])[0][0]
    for (stop, share) in [(274.0, 0.5), (137, 1), (100, 1), (0, 1)] {
      let values = ["capacity": 3, "capacityPerImage": 1, "capacityStop": stop, "gamma": 2]
      let method = BetaVAEB(settings: try BetaVAEB.card.values(values))
      let expected = Parts.reconstruction + 2 * abs(rate - Double(Parts.batch) * 3 * share)
      #expect(abs(parts.values([method.objective(parts.pass)])[0][0] - expected) < 1e-6)
    }
  }

  /// The method with settings that are all different and none of which is 0 or 1.
  private static func method(_ name: String) throws -> any Method {
    let type = try #require(MethodCatalog.all.first { $0.card.name == name })
    let values = type.card.settings.enumerated().map { ($0.element.name, 1.5 + 0.75 * Double($0.offset)) }
    return type.init(settings: try type.card.values(Dictionary(uniqueKeysWithValues: values)))
  }
}
