import Foundation
import Testing

@testable import Datasets

/// Servers that exist in a test only.
private struct Servers: Downloader {
  enum Answer { case bytes([UInt8]), status(Int) }
  let answers: [String: Answer]

  func download(
    _ address: String, to path: String, expecting bytes: Int?, progress: (Int) -> Void
  ) throws {
    switch answers[address] {
    case .bytes(let bytes): try Data(bytes).write(to: URL(fileURLWithPath: path))
    case .status(let status): throw DownloadError.status(status)
    case nil: throw DownloadError.connection("no such host")
    }
  }
}

@Suite struct PreparationTests {
  private let scratch: Scratch
  private let source: Scratch
  private let first: [UInt8] = [1, 2, 3, 4]
  private let second: [UInt8] = [5, 6, 7]
  private let preparation: Preparation

  init() throws {
    (scratch, source) = (try Scratch(), try Scratch())
    let mirrors = ["http://one/", "http://two/"]
    preparation = Preparation(
      dataset: "set", source: "its page",
      forms: [
        .unread([
          DataFile(name: "a.bin", contents: first, mirrors: mirrors),
          DataFile(name: "b.bin", contents: second, mirrors: mirrors),
        ])
      ], folder: scratch.folder)
  }

  /// Runs the preparation and returns what it reports.
  private func run(from directory: String? = nil, _ answers: [String: Servers.Answer]? = nil) throws -> [String] {
    var lines: [String] = []
    try preparation.run(from: directory, downloader: answers.map(Servers.init)) { lines.append($0) }
    return lines
  }

  @Test(arguments: ["", "set/"])
  func `files come from a directory or from the dataset's folder in it`(prefix: String) throws {
    try source.write(prefix + "a.bin", first)
    try source.write(prefix + "b.bin", second)
    #expect(
      try run(from: source.path) == [
        "set: a.bin copied from \(source.path)/\(prefix)a.bin", "set: b.bin copied from \(source.path)/\(prefix)b.bin",
        "set: complete in \(scratch.path)/set",
      ])
    #expect(scratch.files() == ["set/a.bin", "set/b.bin"])
    #expect(scratch.contents("set/a.bin") == first)
    #expect(scratch.contents("set/b.bin") == second)
  }

  @Test func `a wrong file in the directory leaves the data directory as it was`() throws {
    try source.write("a.bin", first)
    try source.write("b.bin", [5, 6])
    #expect(throws: DatasetError.wrongLength(source.path + "/b.bin", bytes: 2, expected: 3)) {
      try run(from: source.path)
    }
    #expect(scratch.files().isEmpty)
  }

  @Test func `all files that the directory lacks are named at once`() throws {
    #expect(throws: DatasetError.missing(dataset: "set", files: ["a.bin", "b.bin"], folder: source.path)) {
      try run(from: source.path)
    }
  }

  @Test func `files that are there and right are kept`() throws {
    try scratch.write("set/a.bin", first)
    try scratch.write("b.bin", second)
    #expect(try run() == ["set: 2 of 2 files are there and right"])
    #expect(scratch.files() == ["b.bin", "set/a.bin"])
  }

  @Test func `a wrong file in the place of a right one is neither overwritten nor deleted`() throws {
    try scratch.write("set/a.bin", [9, 9, 9, 9])
    try source.write("a.bin", first)
    try source.write("b.bin", second)
    let error = #expect(throws: DatasetError.self) { try run(from: source.path) }
    #expect(error?.description.contains("move it away") == true)
    #expect(scratch.contents("set/a.bin") == [9, 9, 9, 9])
    #expect(scratch.files() == ["set/a.bin"])
  }

  @Test func `another dataset's file of the same name in the directory itself is passed over`() throws {
    try scratch.write("a.bin", [9, 9, 9, 9])
    try source.write("a.bin", first)
    try source.write("b.bin", second)
    _ = try run(from: source.path)
    #expect(scratch.files() == ["a.bin", "set/a.bin", "set/b.bin"])
  }

  @Test func `without a network it is said what is missing and where it would come from`() throws {
    try scratch.write("set/a.bin", first)
    var lines: [String] = []
    #expect(throws: DatasetError.missing(dataset: "set", files: ["b.bin"], folder: scratch.path + "/set")) {
      try preparation.run(from: nil, downloader: nil) { lines.append($0) }
    }
    #expect(
      lines == [
        "set: 1 of 2 files are there and right",
        "set: b.bin is missing; it would come from http://one/b.bin, then http://two/b.bin",
      ])
  }

  @Test func `files are downloaded from the first mirror`() throws {
    let lines = try run(["http://one/a.bin": .bytes(first), "http://one/b.bin": .bytes(second)])
    #expect(
      lines == [
        "set: a.bin (4 bytes) from http://one/a.bin", "set: b.bin (3 bytes) from http://one/b.bin",
        "set: complete in \(scratch.path)/set",
      ])
    #expect(scratch.files() == ["set/a.bin", "set/b.bin"])
  }

  @Test(arguments: [
    (Servers.Answer.bytes([1, 2]), "2 bytes where there should be 4"),
    (.bytes([4, 3, 2, 1]), "SHA-256"),
    (.status(404), "status 404"),
  ])
  fileprivate func `where the first mirror fails the second is tried`(answer: Servers.Answer, fault: String) throws {
    let lines = try run([
      "http://one/a.bin": answer, "http://two/a.bin": .bytes(first), "http://one/b.bin": .bytes(second),
    ])
    #expect(lines.contains { $0.hasPrefix("set: http://one/a.bin failed: ") && $0.contains(fault) })
    #expect(scratch.files() == ["set/a.bin", "set/b.bin"])
    #expect(scratch.contents("set/a.bin") == first)
  }

  @Test func `where all mirrors fail, nothing is left behind and each fault is told`() throws {
    let error = #expect(throws: DatasetError.self) {
      try run(["http://one/a.bin": .bytes([1, 2]), "http://two/a.bin": .status(500)])
    }
    #expect(
      error?.description.hasPrefix(
        "a.bin could not be downloaded (one: 2 bytes where there should be 4; "
          + "two: the server answered with status 500)") == true)
    #expect(scratch.files().isEmpty)
  }

  @Test func `what a killed download left behind is no hindrance`() throws {
    try scratch.write("set/a.bin.part", [1])
    _ = try run(["http://one/a.bin": .bytes(first), "http://one/b.bin": .bytes(second)])
    #expect(scratch.files() == ["set/a.bin", "set/b.bin"])
  }

  @Test func `a data directory that cannot be is reported once, not mirror by mirror`() throws {
    let file = try scratch.write("file", [0])
    let blocked = Preparation(
      dataset: "set", source: "its page", forms: preparation.forms, folder: DataFolder(path: file))
    let error = #expect(throws: DatasetError.self) {
      try blocked.run(from: nil, downloader: Servers(answers: ["http://one/a.bin": .bytes(first)])) { _ in }
    }
    #expect(error?.description.hasPrefix(file + "/set cannot be written") == true)
  }

  @Test func `what the program makes itself needs no preparing`() throws {
    var lines: [String] = []
    try DatasetCatalog.prepare("two-moons", from: nil, offline: true, into: scratch.folder) { lines.append($0) }
    #expect(lines == ["two-moons: the program makes it itself, there is nothing to prepare"])
  }
}
