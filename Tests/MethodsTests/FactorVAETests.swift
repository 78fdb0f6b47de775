import Foundation
import Methods
import NaiveTwin
import Tensors
import Testing

/// FactorVAE's two objectives in closed form: a discriminator whose weights are zero says the same of all codes.
@Suite struct FactorVAETests {
  private let settings = ["discriminatorRate": 1e-4, "gamma": 10]
  /// The discriminator's logits whatever the codes.
  private let logits = [0.75, -0.5]

  @Test func `the model pays γ times the discriminator's logit for its own codes less that for permuted ones`() throws {
    let method = try FactorVAE(settings: FactorVAE.card.values(settings))
    let plain = try VAE(settings: VAE.card.values([:]))
    let (graph, model) = (Graph(), try LatentModel(.sample()))
    let pass = model.pass(over: graph.input("items", [2, 2]), noise: graph.input("noise", [2, 2]), trainCount: 1000)
    let values = NaiveTwin.evaluate(
      [method.objective(pass), plain.objective(pass)],
      inputs: ["items": [1, 2, 3, 4], "noise": [0, 1, -1, 0]],
      parameters: waves(for: graph.parameterLeaves).merging(constantVerdict(graph)) { $1 })
    #expect(abs(values[0][0] - values[1][0] - 10 * (logits[0] - logits[1])) < 1e-9)
  }

  @Test func `the discriminator pays half the cross-entropy of either batch`() throws {
    let method = try FactorVAE(settings: FactorVAE.card.values(settings))
    let companion = try #require(method.companion)
    let graph = Graph()
    let loss = companion.objective(graph.input("codes", [3, 2]), graph.input("fresh", [3, 2]))
    let values = NaiveTwin.evaluate(
      [loss], inputs: ["codes": wave(6, phase: 1), "fresh": wave(6, phase: 2)], parameters: constantVerdict(graph))
    let total = log(exp(logits[0]) + exp(logits[1]))
    #expect(abs(values[0][0] - ((total - logits[0]) + (total - logits[1])) / 2) < 1e-7)  // 1 / 3 is rounded to float32.
    #expect(graph.trainedParameters.allSatisfy(companion.owns) && graph.trainedParameters.count == 12)
    #expect(companion.optimizer.rate == 1e-4)
  }

  private func constantVerdict(_ graph: Graph) -> [String: [Double]] {
    let own = graph.parameterLeaves.filter { $0.name.hasPrefix("discriminator.") }
    return Dictionary(
      uniqueKeysWithValues: own.map { leaf in
        (leaf.name, leaf.name == "discriminator.head.bias" ? logits : Array(repeating: 0, count: leaf.shape.count))
      })
  }
}
