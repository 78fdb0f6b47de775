import Distributions
import Experiments
import Foundation
import Methods
import NaiveTwin
import Tensors
import Testing

/// Agreement with PyTorch; `Fixtures/reference.py` made the numbers.
@Suite struct ReferenceTests {
  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `losses and gradients on MNIST's network are PyTorch's`(prior: MethodSettings.Prior) throws {
    let reference = try Reference.load()
    let expected = prior == .standard ? reference.vae : reference.dpvae
    let configuration = try Configuration.sample(prior: prior, likelihood: .gaussian(0.5), network: "dpvae-mnist")
    let evaluation = try Evaluation(
      configuration, items: wave(2 * 784, phase: 0.25).map { 0.5 + 0.5 * $0 }, noise: wave(4, phase: 0.5))
    let pass = evaluation.pass
    let loss = try MethodCatalog.method(configuration.method).objective(pass)
    let leaves = evaluation.graph.parameterLeaves
    let gradients = evaluation.graph.gradients(of: loss, withRespectTo: evaluation.graph.parameters)
    let values = evaluation.values([loss, pass.reconstruction, pass.rates.sum()] + gradients)

    for (ours, theirs) in zip(values, [expected.loss, expected.reconstruction, expected.kl]) {
      #expect(isClose(ours[0], theirs, scale: abs(theirs)))
    }
    let obtained = Dictionary(uniqueKeysWithValues: zip(leaves.map(\.name), zip(leaves, values.dropFirst(3))))
    #expect(obtained.keys.sorted() == expected.parameters.map(\.name))
    for parameter in expected.parameters {
      let (leaf, gradient) = try #require(obtained[parameter.name])
      #expect(leaf.shape.dimensions == parameter.shape)
      #expect(leaf.initializer == .uniform(fanIn: parameter.fanIn))
      let product = zip(gradient, wave(gradient.count, phase: 0.75)).reduce(0) { $0 + $1.0 * $1.1 }
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(isClose(norm, parameter.norm, scale: parameter.norm), "\(parameter.name)")
      #expect(isClose(product, parameter.wave, scale: parameter.norm), "\(parameter.name)")
    }
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `the processor's losses and gradients are PyTorch's to single precision`(prior: MethodSettings.Prior) throws {
    let reference = try Reference.load()
    let expected = prior == .standard ? reference.vae : reference.dpvae
    let configuration = try Configuration.sample(prior: prior, likelihood: .gaussian(0.5), network: "dpvae-mnist")
    let evaluation = try Evaluation(
      configuration, items: wave(2 * 784, phase: 0.25).map { 0.5 + 0.5 * $0 }, noise: wave(4, phase: 0.5))
    let loss = try MethodCatalog.method(configuration.method).objective(evaluation.pass)
    let graph = evaluation.graph
    let gradients = zip(graph.parameterLeaves, graph.gradients(of: loss, withRespectTo: graph.parameters))
    let values = try evaluation.valuesOnProcessor([("loss", loss)] + gradients.map { ($0.name, $1) })
    // Float32 sums of up to 25,000 terms, and their cancellation.
    let tolerance = 1e-4
    #expect(abs((values["loss"]?.first ?? .nan) - expected.loss) <= tolerance * expected.loss)
    for parameter in expected.parameters {
      let gradient = try #require(values[parameter.name])
      let product = zip(gradient, wave(gradient.count, phase: 0.75)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(product - parameter.wave) <= tolerance * parameter.norm * Double(gradient.count).squareRoot())
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - parameter.norm) <= tolerance * parameter.norm, "\(parameter.name)")
    }
  }

  @Test func `the flow is PyTorch's in both directions, with odd and even numbers of dimensions`() throws {
    for expected in try Reference.load().flows {
      let (graph, prior) = (Graph(), DecoupledPrior(latents: expected.latents, blocks: expected.blocks))
      let codes = graph.input("codes", [3, expected.latents])
      let (generation, logDeterminants) = prior.generation(of: codes)
      let values = NaiveTwin.evaluate(
        [generation, logDeterminants, prior.representation(of: codes)],
        inputs: ["codes": wave(3 * expected.latents, phase: 0.5).map { 2 * $0 }],
        parameters: waves(for: graph.parameterLeaves))
      for (ours, theirs) in zip(values, [expected.generation, expected.logDeterminants, expected.representation]) {
        #expect(ours.count == theirs.count)
        for (a, b) in zip(ours, theirs) { #expect(isClose(a, b, scale: max(1, abs(b)))) }
      }
    }
  }

  /// Both sides compute in Double; the graph's constants (slope 0.01) are Floats, 2e-8 off, through up to 12 networks.
  private func isClose(_ a: Double, _ b: Double, scale: Double) -> Bool { abs(a - b) <= 1e-6 * scale }
}

/// The numbers of `Fixtures/reference.json`.
private struct Reference: Decodable {
  let vae: Step
  let dpvae: Step
  let flows: [Flow]

  struct Step: Decodable {
    let loss: Double
    let reconstruction: Double
    let kl: Double
    let parameters: [Gradient]
  }

  struct Gradient: Decodable {
    let name: String
    let shape: [Int]
    let fanIn: Int
    let norm: Double
    let wave: Double
  }

  struct Flow: Decodable {
    let latents: Int
    let blocks: Int
    let generation: [Double]
    let logDeterminants: [Double]
    let representation: [Double]
  }

  static func load() throws -> Reference {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/reference.json"))
    return try JSONDecoder().decode(Reference.self, from: data)
  }
}
