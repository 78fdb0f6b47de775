import Datasets
import Execution
import Experiments
import Methods
import Tensors
import Testing
import Training

@Suite struct TrainTests {
  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `training lessens the loss, and its parts add up to it`(prior: MethodSettings.Prior) throws {
    let model = try trained(Sample(prior: prior, likelihood: .gaussian(100), iterations: 400, logEvery: 50))
    let (loss, reconstruction, kl) = (model.curve("loss"), model.curve("reconstruction"), model.curve("kl"))
    let (first, last) = (try #require(loss.first), try #require(loss.last))
    #expect(last.value < first.value / 2, "from \(first.value) to \(last.value)")
    #expect(loss.map(\.iteration) == Array(stride(from: 50, through: 400, by: 50)))
    // The curve of the divergence has the constant −L/2 = −1 that the decoupled objective leaves out.
    let omitted = prior == .decoupled ? -1.0 : 0
    for (index, point) in loss.enumerated() {
      let sum = reconstruction[index].value + kl[index].value - omitted
      #expect(abs(point.value - sum) < 1e-4 * max(1, abs(sum)))  // Float32 sums of a batch
    }
  }

  @Test func `training lessens the loss on images`() throws {
    let sample = Sample(
      likelihood: .gaussian(1), network: "dpvae-mnist", iterations: 90, learningRate: 1e-3, logEvery: 30)
    let loss = try trained(sample, on: .squares()).curve("loss").map(\.value)
    #expect(loss.count == 3)
    #expect(loss[2] < 0.9 * loss[0], "\(loss)")
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `the same seed gives the same weights, another seed others`(prior: MethodSettings.Prior) throws {
    let (first, again) = (try trained(Sample(prior: prior)), try trained(Sample(prior: prior)))
    let other = try trained(Sample(prior: prior), seed: 2)
    #expect(first.weightsHash == again.weightsHash)
    #expect(first.curves == again.curves)
    #expect(first.weightsHash != other.weightsHash)
    #expect(first.weightsHash.count == 64)
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `two threads give the weights of one`(prior: MethodSettings.Prior) throws {
    let sample = Sample(
      prior: prior, likelihood: .gaussian(1), network: "dpvae-mnist", iterations: 6, batch: 100, learningRate: 1e-3)
    let models = try [1, 2].map { threads in
      try train(sample.configuration(), seed: 1, on: .squares(250), executor: CPUExecutor(threads: threads)) { _ in }
    }
    #expect(models[0].weightsHash == models[1].weightsHash)
    #expect(models[0].curves == models[1].curves)
    let codes = models.map { $0.encode(Dataset.squares(250).test.matrix(0..<250)).means.values }
    #expect(codes[0] == codes[1])
  }

  @Test func `a longer training passes through the losses of a shorter one`() throws {
    let (short, long) = (try trained(Sample(iterations: 40)), try trained(Sample(iterations: 80)))
    #expect(Array(long.curves.prefix(short.curves.count)) == short.curves)
  }

  @Test func `augmentation changes what is learned, reproducibly`() throws {
    var sample = Sample(network: "dpvae-mnist", iterations: 4, learningRate: 1e-3)
    let plain = try trained(sample, on: .squares())
    sample.augment = true
    let augmented = try [trained(sample, on: .squares()), trained(sample, on: .squares())]
    #expect(augmented[0].weightsHash == augmented[1].weightsHash)
    #expect(plain.weightsHash != augmented[0].weightsHash)
  }

  @Test func `progress is told with every point of the curves, the last one too`() throws {
    var told: [TrainingProgress] = []
    let model = try train(
      Sample(iterations: 50).configuration(), seed: 1, on: .arcs(), executor: CPUExecutor()
    ) { told.append($0) }
    #expect(told.map(\.iteration) == [20, 40, 50])
    #expect(told.allSatisfy { $0.iterations == 50 })
    #expect(told.allSatisfy { $0.losses.map(\.name) == ["loss", "reconstruction", "kl", "mse"] })
    #expect(told.map { $0.losses[0].value } == model.curve("loss").map(\.value))
  }

  @Test func `what progress throws ends the training`() throws {
    struct Stop: Error {}
    var count = 0
    #expect(throws: Stop.self) {
      try train(Sample().configuration(), seed: 1, on: .arcs(), executor: CPUExecutor()) { _ in
        count += 1
        throw Stop()
      }
    }
    #expect(count == 1)
  }

  @Test func `a training whose loss runs away is reported with its iteration`() throws {
    let error = #expect(throws: TrainingError.self) { try trained(Sample(learningRate: 1e6)) }
    guard case .diverged(let iteration) = error else {
      Issue.record("no divergence, but \(String(describing: error))")
      return
    }
    #expect((2...60).contains(iteration))
  }

  @Test func `weights that are no numbers after the last step are reported too`() throws {
    #expect(throws: TrainingError.self) { try trained(Sample(iterations: 1, learningRate: .greatestFiniteMagnitude)) }
  }

  private func trained(_ sample: Sample, seed: UInt64 = 1, on dataset: Dataset = .arcs()) throws -> TrainedModel {
    try train(sample.configuration(), seed: seed, on: dataset, executor: CPUExecutor()) { _ in }
  }
}

extension TrainedModel {
  func curve(_ name: String) -> [CurvePoint] { curves.filter { $0.name == name } }
}
