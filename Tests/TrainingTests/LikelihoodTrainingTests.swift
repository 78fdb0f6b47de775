import Datasets
import Distributions
import Execution
import Experiments
import Foundation
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
      likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 12, learningRate: 1e-3, logEvery: 4
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
    #expect(try model.curve("mse").count == (LikelihoodCatalog.likelihood(likelihood).givesMean ? 3 : 0))
  }

  @Test(arguments: [
    LikelihoodSettings.gaussian(0.5), LikelihoodSettings(name: "shared-sigma", settings: ["softclip": 0]),
  ])
  func `the squared error's curve is the one behind the reconstruction loss`(likelihood: LikelihoodSettings) throws {
    let configuration = try Sample(
      likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 6, learningRate: 0.01, logEvery: 1
    ).configuration()
    let model = try train(configuration, seed: 1, on: .squares(), executor: CPUExecutor()) { _ in }
    // An iteration's losses are those under the σ that the one before left.
    let learned = model.curve("log-sigma").map(\.value)
    let deviations = learned.isEmpty ? [Double](repeating: 0, count: 6) : [0] + learned.dropLast()
    let constant = learned.isEmpty ? 0 : 0.5 * log(2 * Double.pi)
    let losses = model.curve("reconstruction").map(\.value)
    for ((loss, error), deviation) in zip(zip(losses, model.curve("mse").map(\.value)), deviations) {
      let expected = 784 * (error / (2 * exp(2 * deviation)) + deviation + constant)
      #expect(abs(loss - expected) < 1e-5 * (abs(expected) + 784))  // Float32 sums of 784 terms of size 1
    }
    #expect(losses.count == 6)
  }

  @Test(arguments: [
    LikelihoodSettings(name: "optimal-sigma", settings: ["testMomentum": 0.9]),
    LikelihoodSettings(name: "shared-sigma", settings: ["softclip": 1]),
    LikelihoodSettings(name: "shared-sigma", settings: ["softclip": 0]),
  ])
  func `a learned deviation is the one of the bound, and the end of its curve`(likelihood: LikelihoodSettings) throws {
    let configuration = try Sample(
      likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 20, learningRate: 1e-3, logEvery: 10
    ).configuration()
    let squares = Dataset.squares()
    let model = try train(configuration, seed: 1, on: squares, executor: CPUExecutor()) { _ in }
    let logDeviation = try #require(model.learnedLogDeviation)
    #expect(model.curve("log-sigma").map(\.iteration) == [10, 20])
    #expect(model.curve("log-sigma").last?.value == logDeviation)
    let items = squares.test.matrix(0..<4)
    let errors = model.errors(of: items, given: model.encode(items).means)
    for (distortion, squaredError) in zip(errors.distortions, errors.squaredErrors) {
      let normal = squaredError / (2 * exp(2 * logDeviation)) + 784 * (logDeviation + 0.5 * log(2 * Double.pi))
      #expect(abs(distortion - normal) < 1e-5 * (abs(normal) + 784))  // Float32 sums of 784 terms of size 1
    }
  }

  @Test func `there is no one learned deviation where it is given or each pixel's own`() throws {
    for likelihood in [
      LikelihoodSettings.gaussian(1), LikelihoodSettings(name: "per-pixel-sigma", settings: ["maxLogDeviation": 2]),
    ] {
      let configuration = try Sample(
        likelihood: likelihood, network: "sigma-vae-28x28x1", iterations: 1
      ).configuration()
      let model = try train(configuration, seed: 1, on: .squares(), executor: CPUExecutor()) { _ in }
      #expect(model.learnedLogDeviation == nil && model.curve("log-sigma").isEmpty)
    }
  }

  @Test func `errors are those of what is decoded`() throws {
    let configuration = try Sample(network: "sigma-vae-28x28x1", iterations: 1).configuration()
    let (squares, executor) = (Dataset.squares(), CPUExecutor())
    let model = try train(configuration, seed: 1, on: squares, executor: executor) { _ in }
    let items = squares.test.matrix(0..<4)
    let codes = model.encode(items).means
    let (means, errors) = (model.decode(codes), model.errors(of: items, given: codes))
    #expect(errors.distortions == model.distortions(of: items, given: codes))
    for (row, squaredError) in errors.squaredErrors.enumerated() {
      let expected = zip(items[row], means[row]).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      #expect(abs(squaredError / expected - 1) < 1e-5)  // A float32 sum of 784 squares
    }
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
