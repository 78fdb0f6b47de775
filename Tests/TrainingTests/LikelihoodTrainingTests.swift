import Datasets
import Distributions
import Execution
import Experiments
import Methods
import Tensors
import Testing

@testable import Training

/// What holds of a training with every likelihood of the catalog.
@Suite struct LikelihoodTrainingTests {
  static let likelihoods = [
    LikelihoodSettings(name: "bernoulli", settings: [:]),
    LikelihoodSettings(name: "bitwise-categorical", settings: [:]),
    LikelihoodSettings(name: "categorical", settings: [:]),
    .gaussian(0.5),
    LikelihoodSettings(name: "logistic-mixture", settings: ["components": 3]),
    LikelihoodSettings(name: "optimal-sigma", settings: ["testMomentum": 0.9]),
    LikelihoodSettings(name: "optimal-sigma-per-image", settings: [:]),
    LikelihoodSettings(name: "per-pixel-sigma", settings: ["maxLogDeviation": 2]),
    LikelihoodSettings(name: "shared-sigma", settings: ["softclip": 1]),
    LikelihoodSettings(name: "student-t", settings: [:]),
  ]

  @Test func `every likelihood of the catalog is here`() {
    #expect(Self.likelihoods.map(\.name) == LikelihoodCatalog.all.map { $0.card.name })
  }

  @Test(arguments: likelihoods)
  func `training lessens the loss, and what is kept of it decodes, shows and judges the same`(
    likelihood: LikelihoodSettings
  ) throws {
    let configuration = try Sample(
      likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 30, learningRate: 1e-3, logEvery: 10
    ).configuration()
    let (squares, folder) = (Dataset.squares(), try TemporaryFolder())
    let model = try train(configuration, seed: 1, on: squares, executor: CPUExecutor()) { _ in }
    let loss = model.curves.filter { $0.name == "loss" }.map(\.value)
    #expect(loss.count == 3 && loss[2] < loss[0], "\(loss)")

    let path = folder.path + "/weights.safetensors"
    try model.save(to: path)
    let again = try TrainedModel(loading: path, configuration: configuration, executor: CPUExecutor())
    let (items, noise) = (squares.test.matrix(0..<3), Generator(seed: 5))
    let codes = model.encode(items).means
    #expect(again.distortions(of: items, given: codes) == model.distortions(of: items, given: codes))
    let shown = model.show(codes, by: noise, from: 0)
    #expect(again.show(codes, by: noise, from: 0) == shown)
    for image in [model.decode(codes), shown] { #expect(image.values.allSatisfy { 0...1 ~= $0 }) }
    #expect(model.distortions(of: items, given: codes).allSatisfy { $0.isFinite })
  }

  @Test func `draws are shown by the generator and the row, means by neither`() throws {
    for (likelihood, showsDraws) in [
      (LikelihoodSettings(name: "bitwise-categorical", settings: [:]), true), (.gaussian(1), false),
    ] {
      let configuration = try Sample(
        likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 1
      ).configuration()
      let model = try train(configuration, seed: 1, on: .squares(), executor: CPUExecutor()) { _ in }
      let codes = Matrix(rows: 1, columns: 2, values: [0.5, -1])
      let (one, other) = (Generator(seed: 5), Generator(seed: 6))
      let shown = model.show(codes, by: one, from: 0)
      #expect(shown == model.show(codes, by: one, from: 0))
      #expect((shown != model.show(codes, by: other, from: 0)) == showsDraws)
      #expect((shown != model.show(codes, by: one, from: 1)) == showsDraws)
    }
  }

  /// The logits, their gradient, and one of them once more in another order: what oneDNN has in blocks of channels, the
  /// cross-entropy reads row by row.
  @Test func `a step with 256 logits a number holds them no more than three times at once`() throws {
    let configuration = try Sample(
      likelihood: LikelihoodSettings(name: "categorical", settings: [:]), network: "sigma-vae-28x28x3"
    ).configuration()
    let logits = configuration.training.batch * 256 * 2352 * MemoryLayout<Float>.stride
    let part = try #require(try profile(configuration, runs: 1).first)
    #expect(Double(part.arenaBytes) < 3.2 * Double(logits))
  }
}
