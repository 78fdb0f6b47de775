import Distributions
import Experiments
import Foundation
import Methods
import NaiveTwin
import Tensors
import Testing

/// Every method's objective on the same parts of a batch, against PyTorch; `Fixtures/objectives.py` made the numbers.
@Suite struct ObjectiveTests {
  fileprivate static let cases = (try? Reference.load().cases) ?? []

  @Test func `every method is in the reference, plain and with a decoupled prior`() throws {
    let reference = try Reference.load()
    for blocks in [0, 2] {
      let names = reference.cases.filter { $0.blocks == blocks }.map(\.method)
      #expect(Set(names) == Set(MethodCatalog.all.map { $0.card.name }))
    }
    let generator = Generator(seed: 0).split("prior")
    let draws = generator.normals(reference.draws.count, stream: UInt64(Parts.iteration - 1))
    // Nine digits of single precision.
    for (ours, theirs) in zip(draws, reference.draws) { #expect(abs(Double(ours) - theirs) < 1e-6) }
  }

  @Test(arguments: cases.filter { $0.method != "factor-vae" })
  fileprivate func `the objective and its gradients are PyTorch's`(expected: Reference.Case) throws {
    let parts = Parts(expected.prior)
    let tensors = try expected.traced(in: parts)
    // Both sides compute in Double; constants of the graph, such as log-weights and ½ log 2π, are Floats.
    try expected.compare(parts.values(tensors), within: 1e-6)
  }

  /// FactorVAE's discriminator has four million weights, too many for the twin.
  @Test(arguments: cases.filter { $0.method == "factor-vae" })
  fileprivate func `FactorVAE's objective and gradients are PyTorch's to single precision`(
    expected: Reference.Case
  ) throws {
    let parts = Parts(expected.prior)
    let tensors = try expected.traced(in: parts)
    try expected.compare(parts.valuesOnProcessor(tensors), within: 1e-4)
  }

  @Test(arguments: cases.filter { $0.method != "factor-vae" })
  fileprivate func `on the processor the same to single precision`(expected: Reference.Case) throws {
    let parts = Parts(expected.prior)
    let tensors = try expected.traced(in: parts)
    // The flow's gradients multiply exponentials of up to 2 over both blocks.
    try expected.compare(parts.valuesOnProcessor(tensors), within: 1e-4)
  }
}

/// The numbers of `Fixtures/objectives.json`.
private struct Reference: Decodable {
  let draws: [Double]
  let cases: [Case]

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let method: String
    let settings: [String: Double]
    let latents: Int
    let blocks: Int
    let loss: Double
    /// The gradients with respect to the posteriors' parts, and the norm of those of the flow's weights.
    let mean: [Double]
    let logVariance: [Double]
    let flow: Double

    var testDescription: String {
      "\(method) \(settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) blocks=\(blocks)"
    }

    var prior: any Prior {
      blocks == 0 ? StandardPrior(latents: latents) : DecoupledPrior(latents: latents, blocks: blocks)
    }

    /// The objective, its gradients with respect to mean and log-variance, and those of the flow's weights.
    func traced(in parts: Parts) throws -> [Tensor] {
      let type = try #require(MethodCatalog.all.first { $0.card.name == method })
      let loss = type.init(settings: try type.card.values(settings)).objective(parts.pass)
      let weights = parts.graph.parameters.filter { tensor in
        guard let leaf = tensor.node.operation as? Parameter else { return false }
        return leaf.name.hasPrefix("prior.") && leaf.name.hasSuffix(".weight")
      }
      return [loss] + parts.graph.gradients(of: loss, withRespectTo: [parts.mean, parts.logVariance] + weights)
    }

    func compare(_ values: [[Double]], within tolerance: Double) throws {
      let norm = values[3...].joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (ours, theirs) in zip([values[0], values[1], values[2], [norm]], [[loss], mean, logVariance, [flow]]) {
        #expect(ours.count == theirs.count)
        let scale = max(1, theirs.map(abs).max() ?? 1)
        for (a, b) in zip(ours, theirs) { #expect(abs(a - b) <= tolerance * scale) }
      }
    }
  }

  static func load() throws -> Reference {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/objectives.json"))
    return try JSONDecoder().decode(Reference.self, from: data)
  }
}
