import Datasets
import Execution
import Experiments
import Foundation
import SmallDisk
import Tensors
import Testing

@testable import Training

/// A training that is cut off, wherever that is, and gone on with comes to the bits of one that never was.
@Suite struct ResumeTests {
  /// Trainings that together have all that there is to keep.
  enum Kind: CaseIterable {
    /// The best candidate's weights, a flow, and a second stage.
    case twoStages
    /// Two optimisers, and the vectors of power iterations.
    case adversary
    /// Running statistics of batches and of errors, a learned σ's place, and jittered items.
    case statistics

    var dataset: Dataset { self == .statistics ? .squares() : .arcs() }

    func configuration() throws -> Configuration {
      switch self {
      case .twoStages:
        let sample = Sample(prior: .decoupled, iterations: 33, selection: .best, checkpointEvery: 6, logEvery: 5)
        var configuration = try sample.configuration()
        configuration.training.secondStage = SecondStageSettings(iterations: 23, halveEvery: 10)
        return configuration
      case .adversary:
        let settings: [String: Double] = ["discriminatorRate": 1e-3, "gamma": 5]
        return try Sample(method: "factor-vae", settings: settings, iterations: 11, logEvery: 2).configuration()
      case .statistics:
        return try Sample(
          likelihood: LikelihoodSettings(name: "optimal-sigma", settings: ["testMomentum": 0.9]),
          network: "two-stage-neutral-28x28x1", augment: true, iterations: 9, learningRate: 1e-3, logEvery: 2
        ).configuration()
      }
    }
  }

  /// What ends a training in the middle without leaving it time for anything.
  private struct Kill: Error {}

  private func trained(
    _ kind: Kind, _ savepoints: Savepoints? = nil, archive: StageArchive? = nil, points: Int = .max
  ) throws -> TrainedModel {
    var left = points
    return try train(
      kind.configuration(), seed: 3, on: kind.dataset, executor: CPUExecutor(), archive: archive,
      savepoints: savepoints
    ) { _ in
      left -= 1
      if left < 0 { throw Kill() }
    }
  }

  private func isSame(_ model: TrainedModel, as other: TrainedModel) -> Bool {
    model.weightsHash == other.weightsHash && model.curves == other.curves
  }

  @Test(arguments: Kind.allCases)
  func `killed again and again at random, it comes to the same weights and curves`(kind: Kind) throws {
    let (whole, folder) = (try trained(kind), try TemporaryFolder())
    let generator = Generator(seed: 11).split("\(kind)")
    var (kills, resumptions, finished): (Int, [String], TrainedModel?) = (0, [], nil)
    while finished == nil, kills < 40 {
      // Every savepoint falls into the middle of a window of the curves and of the candidates.
      let savepoints = Savepoints(
        folder: folder.path, owner: ["run": "r"], rhythm: .iterations(3 + kills % 5), tell: { resumptions.append($0) })
      let points = Int(generator.uniforms(1, stream: UInt64(kills))[0] * 3)
      do { finished = try trained(kind, savepoints, points: points) } catch is Kill { kills += 1 }
    }
    #expect(isSame(try #require(finished), as: whole))
    #expect(kills > 1 && resumptions.count > 1 && resumptions.allSatisfy { $0.hasPrefix("resumed at iteration ") })
  }

  @Test func `asked to stop after any number of iterations, it stops there and goes on from there`() throws {
    let (kind, folder) = (Kind.twoStages, try TemporaryFolder())
    let whole = try trained(kind)
    var (stops, told, finished): ([Int], [String], TrainedModel?) = ([], [], nil)
    while finished == nil, stops.count < 40 {
      var left = 4 + stops.count % 7
      let savepoints = Savepoints(
        folder: folder.path, owner: [:],
        isStopped: {
          left -= 1
          return left < 0
        }, tell: { told.append($0) })
      do { finished = try trained(kind, savepoints) } catch TrainingError.interrupted(let iteration) {
        stops.append(iteration)
      }
    }
    #expect(isSame(try #require(finished), as: whole))
    #expect(stops.count > 1 && told.count == stops.count)
    for (stop, note) in zip(stops, told) { #expect(note.hasPrefix("resumed at iteration \(stop) of ")) }
  }

  @Test func `savepoints change nothing and only the last two of them stay`() throws {
    let folder = try TemporaryFolder()
    let savepoints = Savepoints(folder: folder.path + "/of/a run", owner: [:], rhythm: .iterations(4))
    #expect(isSame(try trained(.twoStages, savepoints), as: try trained(.twoStages)))
    #expect(try names(savepoints) == ["2-000000016.safetensors", "2-000000020.safetensors"])
    Savepoints.remove(savepoints.folder)
    #expect(!FileManager.default.fileExists(atPath: savepoints.folder))
  }

  enum Damage: CaseIterable { case flipped, cutShort, emptied, headerFlipped, stateChanged, noise }

  @Test(arguments: Damage.allCases)
  func `a damaged savepoint is told of and the one before it is taken`(damage: Damage) throws {
    let (whole, folder) = (try trained(.twoStages), try TemporaryFolder())
    var told: [String] = []
    let savepoints = Savepoints(folder: folder.path, owner: [:], rhythm: .iterations(4), tell: { told.append($0) })
    #expect(throws: Kill.self) { try trained(.twoStages, savepoints, points: 4) }
    #expect(try names(savepoints) == ["1-000000020.safetensors", "1-000000024.safetensors"])
    try inflict(damage, on: URL(filePath: folder.path + "/1-000000024.safetensors"))
    #expect(isSame(try trained(.twoStages, savepoints), as: whole))
    #expect(told.count == 2 && told[0].hasPrefix("the savepoint 1-000000024.safetensors is damaged: "), "\(told)")
    #expect(told.last == "resumed at iteration 20 of 33")
  }

  @Test func `with every savepoint damaged it begins anew`() throws {
    let (whole, folder) = (try trained(.twoStages), try TemporaryFolder())
    var told: [String] = []
    let savepoints = Savepoints(folder: folder.path, owner: [:], rhythm: .iterations(4), tell: { told.append($0) })
    #expect(throws: Kill.self) { try trained(.twoStages, savepoints, points: 3) }
    for name in try names(savepoints) { try inflict(.cutShort, on: URL(filePath: "\(folder.path)/\(name)")) }
    #expect(isSame(try trained(.twoStages, savepoints), as: whole))
    #expect(told.count == 2)
  }

  @Test func `a savepoint of another run, code, configuration, seed or data is refused and the training begins anew`()
    throws
  {
    let folder = try TemporaryFolder()
    let owner = ["run": "a", "code": "1"]
    var told: [String] = []
    func savepoints(_ owner: [String: String]) -> Savepoints {
      Savepoints(folder: folder.path, owner: owner, rhythm: .iterations(4), tell: { told.append($0) })
    }
    for key in ["code", "run"] {
      #expect(throws: Kill.self) { try trained(.twoStages, savepoints(owner), points: 0) }
      told = []
      #expect(throws: Kill.self) { try trained(.twoStages, savepoints(owner.merging([key: "b"]) { $1 }), points: 0) }
      #expect(
        told.last == "the savepoint 1-000000004.safetensors belongs to other work, its \(key) differs, and is not used")
    }
    var configuration = try Kind.twoStages.configuration()
    configuration.training.learningRate /= 2
    let (arcs, others) = (Dataset.arcs(), Dataset.arcs(54))
    let other = Dataset(card: arcs.card, train: others.train, test: others.test, digest: "other")
    let cases: [(String, Configuration, UInt64, Dataset)] = [
      ("configuration", configuration, 3, arcs), ("seed", try Kind.twoStages.configuration(), 4, arcs),
      ("data", try Kind.twoStages.configuration(), 3, other),
    ]
    for (key, configuration, seed, dataset) in cases {
      Savepoints.remove(folder.path)
      #expect(throws: Kill.self) { try trained(.twoStages, savepoints(owner), points: 0) }
      told = []
      let model = try train(
        configuration, seed: seed, on: dataset, executor: CPUExecutor(), savepoints: savepoints(owner)
      ) { _ in }
      let anew = try train(configuration, seed: seed, on: dataset, executor: CPUExecutor()) { _ in }
      #expect(isSame(model, as: anew))
      #expect(told.count == 1 && told[0].contains("its \(key) differs"), "\(told)")
    }
  }

  @Test func `where no savepoint can be written it is told, and the training goes on`() throws {
    let folder = try TemporaryFolder()
    // A file is where the folder should be: that stops the superuser too.
    try Data().write(to: URL(filePath: folder.path + "/file"))
    var told: [String] = []
    let savepoints = Savepoints(
      folder: folder.path + "/file", owner: [:], rhythm: .iterations(30), tell: { told.append($0) })
    #expect(isSame(try trained(.twoStages, savepoints), as: try trained(.twoStages)))
    #expect(told.count == 1 && told[0].hasPrefix("no savepoint could be written at iteration 30: "), "\(told)")
  }

  // Without the right to mount these two are skipped, and say so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `where the disk is full it is told once, the savepoint before stays, and the training goes on`() throws {
    let (whole, disk) = (try trained(.twoStages), try SmallDisk(kilobytes: 1024))
    var (iterations, told): (Int, [String]) = (0, [])
    let savepoints = Savepoints(
      folder: disk.path + "/own", owner: [:], rhythm: .iterations(4),
      isStopped: {
        iterations += 1
        if iterations == 6 { try? disk.fill() }
        return false
      }, tell: { told.append($0) })
    #expect(isSame(try trained(.twoStages, savepoints), as: whole))
    let fault = "no savepoint could be written at iteration 8: \(savepoints.folder)/1-000000008.safetensors cannot be "
    #expect(told.count == 1 && told[0].hasPrefix(fault + "written: No space left on device; check"), "\(told)")
    #expect(try names(savepoints) == ["1-000000004.safetensors"])
    disk.clear()
    #expect(isSame(try trained(.twoStages, savepoints), as: whole))
    #expect(told.contains("resumed at iteration 4 of 33"), "\(told)")
  }

  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `a first stage that does not fit is not there for others, and the training goes on`() throws {
    let (folder, disk) = (try TemporaryFolder(), try SmallDisk(kilobytes: 64))
    let archive = StageArchive(folder: disk.path + "/stages", code: "1")
    var told: [String] = []
    let savepoints = Savepoints(folder: folder.path, owner: [:], rhythm: .iterations(60), tell: { told.append($0) })
    try disk.fill(leaving: 8)
    #expect(isSame(try trained(.twoStages, savepoints, archive: archive), as: try trained(.twoStages)))
    #expect(told.count == 1 && told[0].hasPrefix("the first stage is not kept for others: The weights "), "\(told)")
    #expect(try disk.files().allSatisfy { $0.hasSuffix(".lock") })
  }

  @Test func `a first stage in the archive goes before a savepoint in the middle of it`() throws {
    let (folder, whole) = (try TemporaryFolder(), try trained(.twoStages))
    let archive = StageArchive(folder: folder.path + "/stages", code: "1")
    var told: [String] = []
    let savepoints = Savepoints(
      folder: folder.path + "/own", owner: [:], rhythm: .iterations(4), tell: { told.append($0) })
    #expect(throws: Kill.self) { try trained(.twoStages, savepoints, points: 2) }
    _ = try trained(.twoStages, archive: archive)
    #expect(isSame(try trained(.twoStages, savepoints, archive: archive), as: whole))
    #expect(told.isEmpty)
  }

  @Test func `what a process that was killed while it wrote left behind is cleared away`() throws {
    let folder = try TemporaryFolder()
    try Data("half".utf8).write(to: URL(filePath: folder.path + "/1-000000008.safetensors.77.partial"))
    _ = try trained(.twoStages, Savepoints(folder: folder.path, owner: [:], rhythm: .iterations(33)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["1-000000033.safetensors"])
  }

  private func names(_ savepoints: Savepoints) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: savepoints.folder).sorted()
  }

  private func inflict(_ damage: Damage, on file: URL) throws {
    var bytes = try Data(contentsOf: file)
    switch damage {
    case .flipped: bytes[bytes.count - 5] ^= 4
    case .cutShort: bytes = bytes.prefix(bytes.count * 2 / 3)
    case .emptied: bytes = Data()
    case .headerFlipped: bytes[40] ^= 1
    case .stateChanged:
      let place = try #require(bytes.range(of: Data(#"\"iteration\":24"#.utf8)))
      bytes[place.upperBound - 1] = UInt8(ascii: "5")
    case .noise: bytes = Data((0..<bytes.count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
    }
    try bytes.write(to: file)
  }
}
