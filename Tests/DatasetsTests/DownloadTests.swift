import Experiments
import Foundation
import SmallDisk
import Testing

@testable import Datasets

/// Downloads from servers that misbehave, each in its own way: the right file comes, or nothing under its name.
@Suite struct DownloadTests {
  private let scratch: Scratch
  private let contents = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }

  init() throws { scratch = try Scratch() }

  private struct Attempt {
    let lines: [String]
    let error: DatasetError?
  }

  /// Brings the file from servers, tried in order.
  private func bring(
    _ servers: MisbehavingServer..., proof: DataFile.Proof? = nil, into folder: DataFolder? = nil
  ) throws -> Attempt {
    var lines: [String] = []
    let mirrors = servers.map { "http://127.0.0.1:\($0.port)/" }
    let file =
      proof.map { DataFile(name: "a.bin", proof: $0, mirrors: mirrors) }
      ?? DataFile(name: "a.bin", contents: contents, mirrors: mirrors)
    let delivery = Delivery(name: "set", source: "its page", folder: folder ?? scratch.folder)
    do {
      try delivery.download(file, with: WebDownloader(patience: 1)) { lines.append($0) }
      return Attempt(lines: lines, error: nil)
    } catch let error as DatasetError { return Attempt(lines: lines, error: error) }
  }

  private func server(_ behaviours: MisbehavingServer.Behaviour...) throws -> MisbehavingServer {
    try MisbehavingServer(contents, behaviours)
  }

  private func expectWhole() {
    #expect(scratch.files() == ["set/a.bin"])
    #expect(scratch.contents("set/a.bin") == contents)
  }

  @Test func `a server that does as it is told gives the file`() throws {
    #expect(try bring(server(.serve)).error == nil)
    expectWhole()
  }

  @Test func `a redirection is followed`() throws {
    #expect(try bring(server(.redirect("/elsewhere"), .serve)).error == nil)
    expectWhole()
  }

  @Test func `where a connection breaks off, the same server is asked for the rest`() throws {
    let server = try server(.breakOff(after: 50_000), .breakOff(after: 70_000), .serve)
    #expect(try bring(server).error == nil)
    #expect(server.ranges == ["", "bytes=50000-", "bytes=120000-"])
    expectWhole()
  }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `where the disk is full no other server is asked, and it goes on from there when there is room`() throws {
    let (disk, first, second) = (try SmallDisk(kilobytes: 128), try server(.serve), try server(.serve, .serve))
    let (folder, place) = (DataFolder(path: disk.path), disk.path + "/set/a.bin")
    let full = try #require(try bring(first, second, into: folder).error)
    #expect("\(full)".hasPrefix("\(place).part cannot be written (") && "\(full)".contains("space"), "\(full)")
    #expect(try disk.files() == ["set/a.bin.part"] && second.ranges.isEmpty)
    try disk.resize(kilobytes: 1024)
    #expect(try bring(second, into: folder).error == nil)
    #expect(second.ranges.count == 1 && second.ranges[0].hasPrefix("bytes="))
    #expect(FileManager.default.contents(atPath: place).map { Array($0) } == contents)
  }

  @Test func `where a server brings nothing more, the next is asked for the rest`() throws {
    let (first, second) = (try server(.breakOff(after: 50_000), .breakOff(after: 0)), try server(.serve))
    #expect(try bring(first, second).error == nil)
    #expect(second.ranges == ["bytes=50000-"])
    expectWhole()
  }

  @Test func `a server that falls silent is left after its time, and what came is kept for the next`() throws {
    let (first, second) = (try server(.fallSilent(after: 80_000), .fallSilent(after: 0)), try server(.serve))
    #expect(try bring(first, second).error == nil)
    #expect(second.ranges == ["bytes=80000-"])
    expectWhole()
  }

  @Test func `what came before everything broke is taken up by the next call`() throws {
    let broken = try bring(server(.breakOff(after: 60_000)))
    #expect(broken.error != nil)
    #expect(scratch.files() == ["set/a.bin.part"])
    let server = try server(.serve)
    #expect(try bring(server).error == nil)
    #expect(server.ranges == ["bytes=60000-"])
    expectWhole()
  }

  @Test func `a server that knows no ranges sends all again`() throws {
    let server = try server(.breakOff(after: 60_000), .ignoreRange)
    #expect(try bring(server).error == nil)
    #expect(server.ranges == ["", "bytes=60000-"])
    expectWhole()
  }

  @Test func `a beginning that was not the right file's is thrown away and all is asked for`() throws {
    try scratch.write("set/a.bin.part", [UInt8](repeating: 1, count: 1000))
    let server = try server(.serve, .serve)
    #expect(try bring(server).error == nil)
    #expect(server.ranges == ["bytes=1000-", ""])
    expectWhole()
  }

  @Test func `a whole file that was only not renamed yet needs no server`() throws {
    try scratch.write("set/a.bin.part", contents)
    let server = try server()
    #expect(try bring(server).error == nil)
    #expect(server.requests.isEmpty)
    expectWhole()
  }

  @Test func `where nothing comes after what is there, its checksum tells whether it is the file`() throws {
    let beginning = DataFile.Proof.beginning(sha256: String(Digest.hexadecimal(Data(contents)).prefix(8)))
    try scratch.write("set/a.bin.part", contents)
    #expect(try bring(server(.status(416)), proof: beginning).error == nil)
    expectWhole()
    try FileManager.default.removeItem(atPath: scratch.path + "/set/a.bin")
    try scratch.write("set/a.bin.part", contents + [0])
    #expect(try bring(server(.status(416), .serve), proof: beginning).error == nil)
    expectWhole()
  }

  @Test func `a file without a checksum is never put together from pieces`() throws {
    try scratch.write("set/a.bin.part", [1, 2, 3])
    let server = try server(.serve)
    #expect(try bring(server, proof: .length(bytes: contents.count)).error == nil)
    #expect(server.ranges == [""])
    expectWhole()
  }

  @Test(arguments: [
    ("text/html; charset=utf-8", "<p>Too many users</p>", "a web page instead"),
    ("application/octet-stream", "\n<!DOCTYPE html><TITLE>Quota\n exceeded</TITLE>", "a web page ('Quota exceeded')"),
  ])
  func `a web page in place of the file is recognised and told by its title`(
    type: String, text: String, words: String
  ) throws {
    let attempt = try bring(server(.page(type: type, text)))
    #expect(attempt.error?.description.contains(words) == true)
    #expect(scratch.files().isEmpty)
  }

  @Test func `a web page does not spoil what came before it`() throws {
    let (first, second) = (
      try server(.breakOff(after: 60_000), .page(type: "text/html", "<html>wait</html>")), try server(.serve)
    )
    #expect(try bring(first, second).error == nil)
    expectWhole()
  }

  @Test(arguments: [1000, 300_000])
  func `a file of another length is refused before it is fetched`(length: Int) throws {
    let attempt = try bring(server(.announce(length)))
    #expect(attempt.error?.description.contains("the server has \(length) bytes where there should be 200000") == true)
    #expect(scratch.files().isEmpty)
  }

  @Test func `another part of the file than was asked for is refused`() throws {
    let (first, second) = (try server(.breakOff(after: 60_000), .otherRange), try server(.serve))
    let attempt = try bring(first, second)
    #expect(attempt.error == nil)
    #expect(attempt.lines.contains { $0.contains("went on at another place") })
    expectWhole()
  }

  @Test(arguments: [403, 404, 429, 500, 503])
  func `a refusal is told by its status, and the next server is asked`(status: Int) throws {
    let attempt = try bring(server(.status(status)), server(.serve))
    #expect(attempt.error == nil)
    #expect(attempt.lines.contains { $0.hasSuffix("failed: the server answered with status \(status)") })
    expectWhole()
  }

  @Test func `other bytes of the right length are refused by their checksum`() throws {
    let other = try MisbehavingServer([UInt8](repeating: 0, count: contents.count), [.serve])
    let attempt = try bring(other, server(.serve))
    #expect(attempt.error == nil)
    #expect(attempt.lines.contains { $0.contains("SHA-256") })
    expectWhole()
  }

  @Test func `nobody at the address is told so`() throws {
    let port = try server().port
    let file = DataFile(name: "a.bin", contents: contents, mirrors: ["http://127.0.0.1:\(port)/"])
    let delivery = Delivery(name: "set", source: "its page", folder: scratch.folder)
    let error = #expect(throws: DatasetError.self) {
      try delivery.download(file, with: WebDownloader(patience: 1)) { _ in }
    }
    #expect(error?.description.hasPrefix("a.bin could not be downloaded (127.0.0.1: ") == true)
    #expect(scratch.files().isEmpty)
  }
}
