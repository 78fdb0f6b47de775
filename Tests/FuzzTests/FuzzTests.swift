import AllocationCounter
import Foundation
import Testing

/// The short form of `make fuzz`: what once was found, examples of every format, and changes of both.
@Suite struct FuzzTests {
  /// Of each target.
  private static let mutations = 300

  @Test(arguments: FuzzCatalog.all)
  func `whatever the bytes, a parser gives a value or one line that names the file, and writes nothing`(
    target: FuzzTarget
  ) throws {
    let (folder, corpus) = (try FuzzFolder(), try Corpus(of: target))
    var mutated: [[UInt8]] = []
    for number in 0..<Self.mutations {
      var mutation = Mutation(seed: 1, number: number)
      let (one, other) = (corpus.inputs[number % corpus.inputs.count], corpus.inputs[number / 7 % corpus.inputs.count])
      mutated.append(mutation.applied(to: one, other: other))
    }
    let faults = try (corpus.inputs + mutated).compactMap { bytes in
      allocation_counter_start()
      let fault = try folder.fault(of: target, on: bytes)
      let largest = Int(allocation_counter_stop().largest)
      let greed = largest > FuzzTarget.mostMemory(for: bytes.count) ? "\(largest) bytes at once" : nil
      return (fault ?? greed).map { "\($0): \(Data(bytes).base64EncodedString())" }
    }
    #expect(faults == [])
    #expect(try folder.contents() == ["input"] + (target.file.map { ["input/" + $0] } ?? []))
  }

  @Test func `every folder of the corpus belongs to a target`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Corpus.folder)
    #expect(folders.sorted() == FuzzCatalog.all.map(\.name))
  }

  @Test(arguments: FuzzCatalog.all) func `of each format an example is read to its end`(target: FuzzTarget) throws {
    let (folder, corpus) = (try FuzzFolder(), try Corpus(of: target))
    #expect(try corpus.examples.contains { try folder.isRead(by: target, $0) })
  }
}

/// The inputs that are kept of a target: examples are named by what they are, findings by what they broke.
private struct Corpus {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus").path

  let inputs: [[UInt8]]
  let examples: [[UInt8]]

  init(of target: FuzzTarget) throws {
    let folder = "\(Self.folder)/\(target.name)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    func contents(_ name: String) throws -> [UInt8] {
      Array(try #require(FileManager.default.contents(atPath: "\(folder)/\(name)")))
    }
    inputs = try names.map(contents)
    examples = try names.filter { $0.hasPrefix("example") }.map(contents)
  }
}
