import Datasets
import Execution
import Experiments
import Foundation
import Methods
import Tensors
import Testing
import Training

@Suite struct AgreementTests {
  /// Ten steps of Adam, because early ones are of size `rate` whatever the gradient's: what differs is seen at once.
  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `a training on the processor follows the naive twin's, step for step`(prior: MethodSettings.Prior) throws {
    let configuration = try Sample(prior: prior, iterations: 10, batch: 5, learningRate: 1e-3, logEvery: 1)
      .configuration()
    let models = try [CPUExecutor() as any Executor, TwinExecutor()].map {
      try train(configuration, seed: 3, on: .arcs(), executor: $0) { _ in }
    }
    for (ours, twins) in zip(models[0].curves, models[1].curves) {
      #expect(ours.name == twins.name)
      // Float32 against Double: 1e-7 an operation, growing along ten dependent steps.
      #expect(abs(ours.value - twins.value) < 1e-4 * max(1, abs(twins.value)), "\(ours.name) at \(ours.iteration)")
    }
    let items = Dataset.arcs().test.matrix(0..<20)
    let codes = models.map { $0.encode(items).means.values }
    for (a, b) in zip(codes[0], codes[1]) { #expect(abs(a - b) < 1e-4) }
  }

  /// Needs the official files of MNIST in the folder that ASSAY_DATA names; skipped where there are none.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["ASSAY_DATA"] != nil),
    arguments: [MethodSettings.Prior.standard, .decoupled])
  func `some hundred iterations on MNIST do better than its mean image`(prior: MethodSettings.Prior) throws {
    let model = try trainedOnMNIST(prior, iterations: 700)
    let errors = model.curve("reconstruction").map(\.value)
    // The squared error of MNIST's mean image is 52.7 an image: the pixels' total variance. Training stays there for
    // some hundred iterations, as PyTorch's does, before codes begin to matter.
    #expect(try #require(errors.last) < 50, "\(errors)")
    #expect(try #require(model.curve("kl").last).value > 0.5)
  }

  /// Needs the official files of MNIST, as above.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["ASSAY_DATA"] != nil),
    arguments: [MethodSettings.Prior.standard, .decoupled])
  func `two threads give the weights of one on MNIST`(prior: MethodSettings.Prior) throws {
    let models = try [1, 2].map { try trainedOnMNIST(prior, iterations: 20, threads: $0) }
    #expect(models[0].weightsHash == models[1].weightsHash)
  }

  private func trainedOnMNIST(
    _ prior: MethodSettings.Prior, iterations: Int, threads: Int = 1
  ) throws -> TrainedModel {
    let folder = DataFolder(path: try #require(ProcessInfo.processInfo.environment["ASSAY_DATA"]))
    var configuration = try Sample(
      prior: prior, likelihood: .gaussian(1), network: "dpvae-mnist", iterations: iterations, batch: 100,
      learningRate: 1e-4,
      logEvery: 100
    ).configuration()
    configuration.dataset.name = "mnist"
    let dataset = try DatasetCatalog.load("mnist", settings: configuration.dataset, from: folder)
    return try train(configuration, seed: 0, on: dataset, executor: CPUExecutor(threads: threads)) { _ in }
  }
}
