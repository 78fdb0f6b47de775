import Archives
import Execution
import Experiments
import Foundation
import SmallDisk
import Tensors
import Testing

@testable import Training

@Suite struct CheckpointTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/model.safetensors"
  }

  @Test func `what was written is read back, down to the sign of zero`() throws {
    let values: [Float] = [-0.0, .infinity, .leastNonzeroMagnitude, .pi]
    try Checkpoint(of: store(["x": values])).write(to: path)
    let entries = try Checkpoint(reading: path).entries
    #expect(entries.map { $0.values.map(\.bitPattern) } == [values.map(\.bitPattern)])
  }

  @Test func `the hash sees names and values, and nothing of the order in which parameters were made`() {
    let hash = store(["a": [1], "b": [2]]).contentHash
    #expect(hash == store(["b": [2], "a": [1]], backwards: true).contentHash)
    #expect(hash != store(["a": [2], "b": [1]]).contentHash)
    #expect(hash != store(["a": [1], "c": [2]]).contentHash)
    let bytes = Data([UInt8(ascii: "a"), 0, 0, 0x80, 0x3f, UInt8(ascii: "b"), 0, 0, 0, 0x40])
    #expect(hash == Digest.hexadecimal(bytes))
  }

  @Test func `a file cut off anywhere is refused`() throws {
    let whole = try SafetensorsFile.encoded(Checkpoint(of: store(["a": [1, 2, 3], "b": [4]])).entries)
    for length in 0..<whole.count {
      try writeQuickly(Array(whole.prefix(length)), to: path)
      #expect(throws: CheckpointError.self) { try Checkpoint(reading: path) }
    }
  }

  @Test func `numbers of another type than those that are trained are refused`() throws {
    let header = #"{"a":{"data_offsets":[0,8],"dtype":"F64","shape":[1]}}"#
    var file = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    file.append(contentsOf: header.utf8)
    file.append(Data(count: 8))
    try file.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(reading: path) }
    #expect(error.map { "\($0)" }?.contains("a is of float64") == true)
  }

  @Test(
    arguments: [
      (["a": [1]], "they lack b"), (["a": [1], "b": [1], "c": [1]], "c has no place"),
      (["a": [1], "b": [1, 2]], "b is [2] instead of [1]"),
    ] as [([String: [Float]], String)])
  func `other parameters than the configuration's are refused, and none is changed`(
    saved: [String: [Float]], account: String
  ) throws {
    let own = store(["a": [7], "b": [8]])
    try Checkpoint(of: store(saved)).write(to: path)
    let checkpoint = try Checkpoint(reading: path)
    let error = #expect(throws: CheckpointError.self) { try checkpoint.copy(to: own, path: path) }
    #expect(error.map { "\($0)" }?.contains(account) == true)
    #expect((own.values("a")[0], own.values("b")[0]) == (7, 8))
  }

  @Test func `weights of another configuration are refused by name`() throws {
    let model = try train(Sample().configuration(), seed: 1, on: .arcs(), executor: CPUExecutor()) { _ in }
    try model.save(to: path)
    let configuration = try Sample(prior: .decoupled).configuration()
    let error = #expect(throws: CheckpointError.self) {
      try TrainedModel(loading: path, configuration: configuration, executor: CPUExecutor())
    }
    #expect(error.map { "\($0)" }?.contains("they lack prior.block0.scale.linear1.bias") == true)
  }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `weights that do not fit on the disk leave those that are there`() throws {
    let disk = try SmallDisk(kilobytes: 64)
    let path = disk.path + "/model.safetensors"
    try Checkpoint(of: store(["a": [1, 2]])).write(to: path)
    try disk.fill()
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(of: store(["a": [3]])).write(to: path) }
    #expect(
      error.map { "\($0)" } == "The weights cannot be written to \(path): No space left on device; "
        + "check the folder, its permissions and the free space.")
    #expect(try Checkpoint(reading: path).entries.map(\.values) == [[1, 2]])
    #expect(try disk.files() == ["model.safetensors"])
  }

  @Test func `a missing file and an unwritable place are named`() throws {
    let missing = #expect(throws: CheckpointError.self) { try Checkpoint(reading: path) }
    #expect(missing.map { "\($0)" }?.contains(path) == true)
    let nowhere = folder.path + "/none/model.safetensors"
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(of: store(["a": [1]])).write(to: nowhere) }
    #expect(error.map { "\($0)" }?.contains(nowhere) == true)
  }

  private func store(_ values: [String: [Float]], backwards: Bool = false) -> ParameterStore {
    let (graph, store) = (Graph(), ParameterStore())
    let ordered = values.sorted { ($0.key < $1.key) != backwards }
    for (name, numbers) in ordered { _ = graph.parameter(name, [numbers.count], .constant(0)) }
    store.add(parametersOf: graph, seed: 0)
    for (name, numbers) in ordered { _ = store.values(name).update(fromContentsOf: numbers) }
    return store
  }
}
