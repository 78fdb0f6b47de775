import Experiments
import Foundation
import Methods
import Tensors
import Testing

@Suite struct LatentModelTests {
  /// With all weights zero the networks give their last biases, whatever comes in.
  @Test func `the VAE's loss is w times the squared errors plus the divergences, summed over the batch`() throws {
    let (mean, logVariance, output) = ([0.5, -1], [log(2.0), 0], [0.25, 0.75])
    let evaluation = try Evaluation(
      .sample(likelihood: .gaussian(3)), items: [1, 2, -1, 0], noise: [0, 0, 0, 0],
      weights: { leaves in
        var weights = Dictionary(
          uniqueKeysWithValues: leaves.map { ($0.name, Array(repeating: 0.0, count: $0.shape.count)) })
        weights["encoder.head.bias"] = mean + logVariance
        weights["decoder.head.bias"] = output
        return weights
      })
    let errors = 0.75 * 0.75 + 1.25 * 1.25 + 1.25 * 1.25 + 0.75 * 0.75
    let divergence = 0.5 * (0.25 + 2 - 1 - log(2.0)) + 0.5 * 1
    let method = try MethodCatalog.method(Configuration.sample().method)
    let values = evaluation.values([evaluation.pass.reconstruction, method.objective(evaluation.pass)])
    #expect(abs(values[0][0] - 3 * errors) < 1e-12)
    // 1e-6: the weight ½ and w pass through the graph as Float, exactly; only log 2 is rounded.
    #expect(abs(values[1][0] - (3 * errors + 2 * divergence)) < 1e-6)
  }

  @Test func `a code is the mean plus the noise times the deviation`() throws {
    let noise = [0.5, -1, 2, 0.25]
    let evaluation = try Evaluation(.sample(), items: [1, 2, -1, 0], noise: noise)
    let values = evaluation.values([evaluation.pass.mean, evaluation.pass.logVariance, evaluation.pass.codes])
    for index in noise.indices {
      let expected = values[0][index] + noise[index] * exp(values[1][index] / 2)
      #expect(abs(values[2][index] - expected) < 1e-12)
    }
  }

  @Test func `error and distortion are of one pass through the decoder`() throws {
    let model = try LatentModel(.sample())
    let products = { (trace: (Tensor, Tensor) -> Void) in
      let graph = Graph()
      trace(graph.input("items", [3, 2]), graph.input("codes", [3, 2]))
      return graph.nodes.count { $0.operation is Matmul }
    }
    let once = products { _, codes in _ = model.decoded(codes) }
    #expect(once > 0 && products { _ = model.errors(of: $0, given: $1) } == once)
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `what is computed for an item does not depend on the rest of its batch`(prior: MethodSettings.Prior) throws {
    let (items, noise) = (wave(6, phase: 1), wave(6, phase: 2))
    let together = try Evaluation(.sample(prior: prior), items: items, noise: noise)
    let alone = try (0..<3).map { item in
      let range = (2 * item)..<(2 * item + 2)
      return try Evaluation(.sample(prior: prior), items: Array(items[range]), noise: Array(noise[range]))
    }
    #expect(together.rates() == alone.flatMap { $0.rates() })
    let sums = alone.map { $0.values([$0.pass.reconstruction])[0][0] }
    #expect(abs(together.values([together.pass.reconstruction])[0][0] - sums.reduce(0, +)) < 1e-12)
  }

  @Test func `a decoupled prior adds its parameters and leaves the networks' as they are`() throws {
    let names = try [MethodSettings.Prior.standard, .decoupled].map { prior in
      let evaluation = try Evaluation(.sample(prior: prior), items: [1, 2], noise: [0, 0])
      return Set(evaluation.graph.parameterLeaves.map(\.name))
    }
    #expect(names[1].isSuperset(of: names[0]))
    #expect(names[1].subtracting(names[0]).allSatisfy { $0.hasPrefix("prior.") })
  }

  @Test(
    arguments: try [
      (.sample(network: "two-moon-mlp"), "network.name is 'two-moon-mlp'"),
      (.sample(likelihood: .gaussian(0)), "likelihood.settings.mseWeight is 0.0"),
      (.sample(latents: 0), "network.latents is 0, but has to be at least 1"),
      (.sample(prior: .decoupled, latents: 1), "network.latents is 1"),
      (.sample(prior: .decoupled, couplingBlocks: 0), "network.couplingBlocks is 0"),
      (
        .sample(prior: .decoupled, posterior: .deterministic),
        "method.posterior is deterministic, but has to be gaussian or planar for the method vae"
      ),
    ] as [(Configuration, String)])
  func `a configuration that names no model is refused with a sentence`(
    configuration: Configuration, account: String
  ) {
    let error = #expect(throws: SettingsError.self) { try LatentModel(configuration) }
    #expect(error.map { "\($0)" }?.hasPrefix(account) == true)
  }
}
