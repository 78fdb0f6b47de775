import Datasets
import Foundation
import Testing

@testable import Metrics

@Suite struct TorchFileTests {
  private let folder: WeightsFolder
  private let written: TorchFixture

  init() throws { (folder, written) = (try WeightsFolder(), try TorchFixture.load()) }

  private func read(_ file: Data) throws -> TorchFile { try TorchFile(reading: try folder.write(file)) }

  /// A file's name among those written, its form with it.
  private func file(_ name: String) throws -> TorchFixture.File {
    try #require(written.files.first { $0.name == name })
  }

  /// Whether an error is one of ours, which say in one sentence what is wrong with the file.
  private func isSentence(_ error: any Error) -> Bool { error is WeightsError || error is DatasetError }

  @Test func `tensors of every type, order and view come out of both forms as PyTorch has them`() throws {
    for file in written.files {
      let found = try read(file.file)
      #expect(found.tensors.keys.sorted() == file.tensors.map(\.name), "\(file.name)")
      for tensor in file.tensors {
        let values = try found.floats(tensor.name, shape: tensor.shape)
        #expect(values == tensor.values.map { Float($0) }, "\(file.name), \(tensor.name)")
      }
    }
    #expect(written.files.count == 12)
  }

  @Test func `a tensor of another shape or name than asked for is told`() throws {
    let found = try read(try file("dictionary-zip").file)
    let shape = #expect(throws: WeightsError.self) { try found.floats("a", shape: [2, 3, 5]) }
    #expect(shape?.description.contains("a tensor 'a' of shape [2, 3, 4] where [2, 3, 5] belongs") == true)
    let name = #expect(throws: WeightsError.self) { try found.floats("b", shape: [1]) }
    #expect(name?.description.contains("has no tensor 'b'") == true)
  }

  @Test func `a pickle that asks for anything but tensors is refused by what it asks for, and nothing is called`()
    throws
  {
    for hostile in written.hostile {
      do {
        _ = try read(hostile.file)
        Issue.record("\(hostile.name) was read")
      } catch {
        #expect(isSentence(error), "\(hostile.name): \(error)")
        #expect("\(error)".contains(hostile.reason), "\(hostile.name): \(error)")
      }
    }
    #expect(written.hostile.count == 25)
  }

  @Test func `numbers that are not little-endian are refused`() throws {
    #expect(throws: (any Error).self) { try read(written.bigEndian) }
  }

  @Test(arguments: ["views-zip", "views-legacy"])
  func `a file cut anywhere is refused`(name: String) throws {
    let whole = try file(name).file
    for length in stride(from: 0, to: whole.count, by: 5) {
      do {
        _ = try read(whole.prefix(length))
        Issue.record("\(length) of \(whole.count) bytes were read")
      } catch { #expect(isSentence(error), "\(length) bytes: \(error)") }
    }
  }

  @Test(arguments: ["views-zip", "views-legacy", "types-legacy"])
  func `a flipped bit is refused or leaves tensors that lie in the file`(name: String) throws {
    let whole = try file(name).file
    // One or two bits of every byte.
    for place in stride(from: 0, to: 8 * whole.count, by: 7) {
      var damaged = whole
      damaged[place / 8] ^= 1 << UInt8(place % 8)
      do {
        let found = try read(damaged)
        for (name, tensor) in found.tensors {
          #expect(try found.floats(name, shape: tensor.shape).count == tensor.shape.reduce(1, *))
        }
      } catch { #expect(isSentence(error), "bit \(place): \(error)") }
    }
  }
}
