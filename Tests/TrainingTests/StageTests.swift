import Datasets
import Execution
import Experiments
import Foundation
import Methods
import Tensors
import Testing

@testable import Training

/// Trainings of two stages, and first stages that several of them share.
@Suite struct StageTests {
  private func configuration(secondStage iterations: Int, evaluating samples: Int = 1) throws -> Configuration {
    var configuration = try Sample(iterations: 40, logEvery: 10).configuration()
    configuration.training.secondStage = SecondStageSettings(iterations: iterations, halveEvery: 20)
    configuration.evaluation.samples = samples
    return configuration
  }

  private func trained(
    _ configuration: Configuration, archive: StageArchive? = nil
  ) throws -> (model: TrainedModel, told: [Int]) {
    var told: [Int] = []
    let model = try train(configuration, seed: 3, on: .arcs(), executor: CPUExecutor(), archive: archive) {
      told.append($0.iterations)
    }
    return (model, told)
  }

  @Test func `a second stage changes what is generated and nothing of the first stage`() throws {
    let (alone, _) = try trained(configuration(secondStage: 0))
    let (both, told) = try trained(configuration(secondStage: 30))
    #expect(told == [40, 40, 40, 40, 30, 30, 30])
    let items = Dataset.arcs().train.matrix(0..<53)
    #expect(both.encode(items) == alone.encode(items))
    #expect(both.decode(alone.encode(items).means) == alone.decode(alone.encode(items).means))
    #expect(both.weightsHash != alone.weightsHash)
    let generator = Generator(seed: 1)
    let codes = both.priorCodes(20, by: generator, stream: 2)
    #expect(codes != alone.priorCodes(20, by: generator, stream: 2))
    #expect(codes == both.priorCodes(20, by: generator, stream: 2))
    #expect(codes.values.allSatisfy { $0.isFinite })
  }

  @Test func `the second stage's curves stand beside the first's under names of their own`() throws {
    let (model, _) = try trained(configuration(secondStage: 30))
    #expect(model.curve("loss").map(\.iteration) == [10, 20, 30, 40])
    #expect(model.curve("second-loss").map(\.iteration) == [10, 20, 30])
    for (index, point) in model.curve("second-loss").enumerated() {
      let sum = model.curve("second-reconstruction")[index].value + model.curve("second-kl")[index].value
      #expect(abs(point.value - sum) < 1e-4 * max(1, abs(sum)))  // Float32 sums of a batch
    }
  }

  @Test func `the second stage has posteriors of the first's codes, and a deviation that moves`() throws {
    let (model, _) = try trained(configuration(secondStage: 30))
    let codes = model.encode(Dataset.arcs().train.matrix(0..<53)).means
    let posteriors = try #require(model.secondPosteriors(of: codes))
    #expect(posteriors.count == 53 && posteriors.means.values.allSatisfy { $0.isFinite } && posteriors.means != codes)
    #expect(model.secondPosteriors(of: codes.picking([7]))?.means == posteriors.means.picking([7]))
    #expect(model.curve("second-log-sigma").map(\.iteration) == [10, 20, 30])
    #expect(model.curve("second-log-sigma").allSatisfy { $0.value != 0 })
    #expect(try trained(configuration(secondStage: 0)).model.secondPosteriors(of: codes) == nil)
  }

  @Test func `a first stage is trained once and taken up with its curves, to the same bits`() throws {
    let folder = try TemporaryFolder()
    let archive = StageArchive(folder: folder.path + "/stages", code: "1")
    let (first, _) = try trained(configuration(secondStage: 0), archive: archive)
    let both = try configuration(secondStage: 30, evaluating: 99)
    #expect(archive.holds(both, seed: 3, on: .arcs()))
    let (taken, told) = try trained(both, archive: archive)
    let (anew, _) = try trained(both)
    #expect(told == [30, 30, 30])
    #expect(taken.weightsHash == anew.weightsHash)
    #expect(taken.curves == anew.curves && Array(taken.curves.prefix(first.curves.count)) == first.curves)
  }

  @Test func `a stage of another seed, code, dataset or configuration is not taken up`() throws {
    let folder = try TemporaryFolder()
    let archive = StageArchive(folder: folder.path, code: "1")
    let configuration = try configuration(secondStage: 0)
    _ = try trained(configuration, archive: archive)
    var other = configuration
    other.training.learningRate = 1e-3
    #expect(!archive.holds(other, seed: 3, on: .arcs()))
    #expect(!archive.holds(configuration, seed: 4, on: .arcs()))
    #expect(!StageArchive(folder: folder.path, code: "2").holds(configuration, seed: 3, on: .arcs()))
    let items = Dataset.arcs().train
    #expect(
      !archive.holds(configuration, seed: 3, on: Dataset(card: Dataset.arcs().card, train: items, test: items)))
  }

  @Test func `a damaged stage is trained anew and written over`() throws {
    let folder = try TemporaryFolder()
    let archive = StageArchive(folder: folder.path, code: "1")
    let configuration = try configuration(secondStage: 0)
    let (sound, _) = try trained(configuration, archive: archive)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix("safetensors") })
    let file = URL(fileURLWithPath: folder.path + "/" + name)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 2] ^= 1
    try bytes.write(to: file)
    let (again, told) = try trained(configuration, archive: archive)
    #expect(told.count == 4 && again.weightsHash == sound.weightsHash)
    #expect(try trained(configuration, archive: archive).told.isEmpty)
  }

  @Test func `a model of two stages comes back from its file with the same bits`() throws {
    let (folder, configuration) = (try TemporaryFolder(), try configuration(secondStage: 30))
    let (model, _) = try trained(configuration)
    try model.save(to: folder.path + "/model.safetensors")
    let loaded = try TrainedModel(
      loading: folder.path + "/model.safetensors", configuration: configuration, executor: CPUExecutor())
    #expect(loaded.weightsHash == model.weightsHash)
    let generator = Generator(seed: 1)
    #expect(
      loaded.priorCodes(5, by: generator, stream: 0) == model.priorCodes(5, by: generator, stream: 0))
  }

  @Test func `a deterministic encoder gives points, which cost nothing`() throws {
    let sample = Sample(
      method: "wae-mmd", settings: ["lambda": 0.1], posterior: .deterministic, likelihood: .gaussian(100),
      iterations: 40)
    let (model, _) = try trained(sample.configuration())
    #expect(model.curve("kl").allSatisfy { $0.value == 0 })
    let posteriors = model.encode(Dataset.arcs().train.matrix(0..<5))
    #expect(posteriors.logVariances.values.allSatisfy { $0 == Posteriors.pointLogVariance })
    let losses = model.curve("loss").map(\.value)
    #expect(losses[1] < losses[0])
  }

  @Test func `a halved learning rate changes the weights from the first halving on`() throws {
    var halved = try Sample(iterations: 20).configuration()
    let constant = try trained(halved).model.weightsHash
    halved.training.halveEvery = 20
    #expect(try trained(halved).model.weightsHash == constant)
    halved.training.halveEvery = 19
    #expect(try trained(halved).model.weightsHash != constant)
  }

  @Test func `who trains a stage is told once to who waits for it, and the right passes on when it is let go`() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let archive = StageArchive(folder: folder.path, code: "1")
    let configuration = try configuration(secondStage: 0)
    var told: [String] = []
    func right(_ waiting: () throws -> Void = { throw Stop() }) throws -> FileLock? {
      try archive.right(
        toTrain: configuration, seed: 3, on: .arcs(), told: { told.append($0) }, waiting: waiting)
    }
    var held = try right()
    #expect(held != nil && told.isEmpty)
    var turns = 0
    #expect(throws: Stop.self) {
      try right {
        turns += 1
        if turns == 3 { throw Stop() }
      }
    }
    #expect(told.count == 1 && told[0].hasPrefix("process \(getpid()) on ") && told[0].contains(" for "))
    held = nil
    #expect(try right() != nil && told.count == 1)
  }
}
