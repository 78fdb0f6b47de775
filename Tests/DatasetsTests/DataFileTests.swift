import Testing

@testable import Datasets

@Suite struct DataFileTests {
  private let scratch: Scratch
  private let file = DataFile(name: "a.bin", contents: [1, 2, 3, 4])

  init() throws { scratch = try Scratch() }

  @Test func `the right bytes are right`() throws {
    let path = try scratch.write("a.bin", [1, 2, 3, 4])
    try file.verify(path)
    #expect(file.isRight(path))
  }

  @Test func `a shorter file is called truncated`() throws {
    let path = try scratch.write("a.bin", [1, 2, 3])
    let error = #expect(throws: DatasetError.wrongLength(path, bytes: 3, expected: 4)) { try file.verify(path) }
    #expect(error?.description.contains("truncated") == true)
  }

  @Test func `other bytes of the right length are called foreign`() throws {
    let path = try scratch.write("a.bin", [1, 2, 3, 5])
    let error = #expect(throws: DatasetError.self) { try file.verify(path) }
    #expect(error?.description.contains("is not the official file") == true)
    #expect(!file.isRight(path))
  }

  @Test func `of a file whose hash is known by its first digits, those are held to`() throws {
    let path = try scratch.write("a.bin", Array("abc".utf8))
    #expect(DataFile(name: "a.bin", proof: .beginning(sha256: "ba7816bf")).isRight(path))
    let other = DataFile(name: "a.bin", proof: .beginning(sha256: "ba7816be"))
    let error = #expect(throws: DatasetError.self) { try other.verify(path) }
    #expect(error?.description.contains("expected ba7816be…") == true)
  }

  @Test func `the digest is SHA-256`() {
    // FIPS 180-2, appendix B.1.
    #expect(
      DataFile(name: "abc", contents: Array("abc".utf8)).proof
        == .digest(bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
  }

  @Test func `the folder of the dataset goes before the directory itself`() throws {
    try scratch.write("a.bin", [1, 2, 3, 4])
    let nested = try scratch.write("set/a.bin", [1, 2, 3, 4])
    #expect(try scratch.folder.verified(file, dataset: "set") == nested)
  }

  @Test func `a right file in the directory itself is found behind a wrong one in the folder`() throws {
    let loose = try scratch.write("a.bin", [1, 2, 3, 4])
    try scratch.write("set/a.bin", [9])
    #expect(try scratch.folder.verified(file, dataset: "set") == loose)
  }

  @Test func `a file that is nowhere is missing`() {
    #expect(throws: DatasetError.missing(dataset: "set", files: ["a.bin"], folder: scratch.path + "/set")) {
      try scratch.folder.verified(file, dataset: "set")
    }
  }
}
