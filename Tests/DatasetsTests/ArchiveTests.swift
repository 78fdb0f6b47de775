import Archives
import Testing

@testable import Datasets

/// What `Fixtures/archives.py` wrote, but for the file whose name only extensions of tar can hold.
private let written: [(String, [UInt8])] = [
  ("x/a.bin", [1, 2, 3]), ("x/empty.bin", []), ("x/long.bin", (0..<9).flatMap { _ in (0...255).map { UInt8($0) } }),
]

@Suite struct TarTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func read(_ name: String, _ bytes: [UInt8]) throws -> [UInt8] {
    let path = try scratch.write("a.tar.gz", gzip(bytes))
    let stream = try Tar.file(name, in: Inflate(gzip: path))
    var contents: [UInt8] = []
    while true {
      var byte: [UInt8] = [0]
      guard try byte.withUnsafeMutableBufferPointer({ try stream.fill($0) }) == 1 else { return contents }
      contents.append(byte[0])
    }
  }

  private let archive =
    tar("x/", [], type: "5") + tar("x/a.bin", [1, 2, 3]) + tar("x/long.bin", [UInt8](repeating: 7, count: 1025))
    + tar("x/empty", []) + tar("x/b.bin", [9], prefix: "far/away") + [UInt8](repeating: 0, count: 1024)

  @Test func `a file is found by its name, behind others of any length`() throws {
    #expect(try read("x/a.bin", archive) == [1, 2, 3])
    #expect(try read("x/long.bin", archive) == [UInt8](repeating: 7, count: 1025))
    #expect(try read("x/empty", archive).isEmpty)
    #expect(try read("far/away/x/b.bin", archive) == [9])
  }

  @Test(arguments: ["gnu.tar.gz", "pax.tar.gz"])
  func `archives that other programs wrote are read`(name: String) throws {
    for (file, contents) in written {
      let stream = try Tar.file(file, in: Inflate(gzip: fixture(name)))
      #expect(try stream.read(contents.count) == contents, "\(file)")
      #expect(try stream.isAtEnd())
    }
  }

  @Test func `a link is not followed`() {
    #expect(throws: DatasetError.self) { try Tar.file("x/link.bin", in: Inflate(gzip: fixture("gnu.tar.gz"))) }
  }

  @Test func `what is no file is not read as one`() {
    #expect(throws: DatasetError.self) { try read("x/", archive) }
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd"])
  func `a hostile name is one that nobody asks for`(name: String) throws {
    #expect(try read("x/a.bin", tar(name, [6]) + archive) == [1, 2, 3])
    #expect(scratch.files() == ["a.tar.gz"])
  }

  @Test func `a name that is not there is told`() {
    let error = #expect(throws: DatasetError.self) { try read("x/c.bin", archive) }
    #expect(error?.description.contains("is a tar archive without a file named 'x/c.bin'") == true)
  }

  @Test func `an archive that is cut or damaged is refused`() {
    #expect(throws: DatasetError.self) { try read("x/b.bin", Array(archive.prefix(1500))) }
    var damaged = archive
    damaged[512 + 126] ^= 1  // in the length
    let error = #expect(throws: DatasetError.self) { try read("x/b.bin", damaged) }
    #expect(error?.description.contains("is no tar archive, or a damaged one") == true)
  }
}

@Suite struct ZipTests {
  private let scratch: Scratch
  private let files: [(String, [UInt8])] = [
    ("a.bin", [1, 2, 3]), ("../b.bin", [4]), ("x/c.bin", [UInt8](repeating: 5, count: 3000)), ("empty", []),
  ]

  init() throws { scratch = try Scratch() }

  private func read(_ bytes: [UInt8]) throws -> [(String, [UInt8])] {
    let archive = try Zip(try scratch.write("a.zip", bytes))
    return try archive.entries.map { ($0.name, try archive.contents(of: $0, limit: 5000)) }
  }

  @Test(arguments: [false, true], [false, true])
  func `files come out as they went in, packed or not, with 64-bit records or without`(
    isPacked: Bool, isWide: Bool
  ) throws {
    let found = try read(zip(files, isPacked: isPacked, isWide: isWide))
    #expect(found.map(\.0) == files.map(\.0))
    #expect(found.map(\.1) == files.map(\.1))
    // Reading has written nothing, whatever the names are.
    #expect(scratch.files() == ["a.zip"])
  }

  @Test(arguments: ["stored.zip", "packed.zip"])
  func `archives that another program wrote are read`(name: String) throws {
    let archive = try Zip(fixture(name))
    #expect(archive.entries.count == 4)
    for (entry, (file, contents)) in zip(archive.entries, written) {
      #expect(entry.name == file)
      #expect(try archive.contents(of: entry, limit: 5000) == contents)
    }
  }

  @Test func `more files than 16 bits count are all there`() throws {
    let archive = try Zip(try scratch.write("a.zip", zip((0..<70_000).map { ("\($0)", []) })))
    #expect(archive.entries.count == 70_000)
    #expect(archive.entries.last?.name == "69999")
  }

  @Test func `a comment behind the archive is no hindrance`() throws {
    #expect(try read(zip(files, comment: Array("PK and more".utf8))).count == 4)
  }

  @Test(arguments: [false, true])
  func `an archive cut anywhere is refused`(isWide: Bool) throws {
    let whole = zip(files, isWide: isWide)
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") { try read(Array(whole.prefix(length))) }
    }
  }

  @Test func `a damaged byte is refused or changes nothing`() throws {
    let whole = zip([("a.bin", [1, 2, 3]), ("x/c.bin", Array(0..<100))], isPacked: true)
    for offset in whole.indices {
      var damaged = whole
      damaged[offset] ^= 0xff
      do {
        let found = try read(damaged)
        #expect(found.map(\.1).allSatisfy { [[1, 2, 3], Array(0..<100)].contains($0) }, "byte \(offset)")
      } catch is DatasetError {}
    }
  }

  @Test func `everything up to the end is read, and no more than may be`() throws {
    let contents = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
    let archive = try Zip(try scratch.write("a.zip", zip([("a.bin", contents)], isPacked: true)))
    let entry = try #require(archive.entries.first)
    #expect(try archive.stream(of: entry).readToEnd(limit: 3000) == contents)
    #expect(throws: DatasetError.self) { try archive.stream(of: entry).readToEnd(limit: 2999) }
  }

  @Test func `contents in a mapped archive are those that are read`() throws {
    for isPacked in [false, true] {
      let archive = try Zip(try scratch.write("a.zip", zip(files, isPacked: isPacked)))
      for (entry, (_, contents)) in zip(archive.entries, files) {
        #expect(Array(try archive.data(of: entry, in: try archive.mapped(), limit: 3000)) == contents)
      }
    }
  }

  @Test func `a file that says it is larger than it may be is refused before it is read`() throws {
    let archive = try Zip(try scratch.write("a.zip", zip(files)))
    let large = try #require(archive.entries.first { $0.size == 3000 })
    let error = #expect(throws: DatasetError.self) { try archive.contents(of: large, limit: 2999) }
    #expect(error?.description.contains("x/c.bin in it is too large: 3000 bytes, at most 2999 are read") == true)
  }
}
