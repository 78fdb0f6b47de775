import Archives
import Testing

@testable import Datasets

@Suite struct IDXTests {
  private let scratch: Scratch
  private let pixels = (0..<24).map { UInt8($0 * 7) }

  init() throws { scratch = try Scratch() }

  @Test func `what was written is read`() throws {
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels)))
    #expect(try IDX.read(path, dimensions: [2, 3, 4]) == pixels)
  }

  @Test func `a file larger than the read buffer comes through unchanged`() throws {
    // No period that zlib's window could fold away entirely.
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 7 ^ $0 &* 2_654_435_761 >> 13) }
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x801, dimensions: [300_000], bytes: bytes)))
    #expect(try IDX.read(path, dimensions: [300_000]) == bytes)
  }

  @Test func `a file cut anywhere is refused`() throws {
    let whole = gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels))
    for length in 0..<whole.count {
      let path = try scratch.write("cut.gz", Array(whole.prefix(length)))
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") {
        try IDX.read(path, dimensions: [2, 3, 4])
      }
    }
  }

  @Test func `a cut file is called truncated`() throws {
    let path = try scratch.write(
      "cut.gz", gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels)).dropLast(9))
    let error = #expect(throws: DatasetError.self) { try IDX.read(path, dimensions: [2, 3, 4]) }
    #expect(error?.description.contains("is truncated") == true)
  }

  @Test func `a file whose contents end too early is called truncated`() throws {
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels.dropLast(5))))
    #expect(
      throws: DatasetError.malformed(path, reason: "is truncated: 5 bytes of its contents are missing")
    ) { try IDX.read(path, dimensions: [2, 3, 4]) }
  }

  @Test func `a damaged byte does not go unnoticed`() throws {
    var bytes = gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels))
    bytes[bytes.count - 6] ^= 1  // in the checksum
    let path = try scratch.write("a.gz", bytes)
    let error = #expect(throws: DatasetError.self) { try IDX.read(path, dimensions: [2, 3, 4]) }
    #expect(error?.description.contains("damaged") == true)
  }

  @Test func `labels in the place of images are refused by their magic number`() throws {
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x801, dimensions: [24], bytes: pixels)))
    #expect(
      throws: DatasetError.malformed(
        path, reason: "begins with 0x00000801 where this idx file begins with 0x00000803")
    ) { try IDX.read(path, dimensions: [2, 3, 4]) }
  }

  @Test func `another count is refused`() throws {
    let path = try scratch.write(
      "a.gz", gzip(idx(magic: 0x803, dimensions: [1, 3, 4], bytes: Array(pixels.prefix(12)))))
    #expect(throws: DatasetError.malformed(path, reason: "holds 1 × 3 × 4 bytes where 2 × 3 × 4 belong")) {
      try IDX.read(path, dimensions: [2, 3, 4])
    }
  }

  @Test func `more than the header says is refused`() throws {
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels + [1])))
    #expect(throws: DatasetError.malformed(path, reason: "holds more than its header says")) {
      try IDX.read(path, dimensions: [2, 3, 4])
    }
  }

  @Test func `bytes after the gzip stream are refused`() throws {
    let path = try scratch.write("a.gz", gzip(idx(magic: 0x803, dimensions: [2, 3, 4], bytes: pixels)) + [0])
    #expect(throws: DatasetError.malformed(path, reason: "goes on after the end of its gzip stream")) {
      try IDX.read(path, dimensions: [2, 3, 4])
    }
  }

  @Test func `a file in no gzip form is refused`() throws {
    let path = try scratch.write("a.gz", Array("<!DOCTYPE html><p>Sign in</p>".utf8))
    let error = #expect(throws: DatasetError.self) { try IDX.read(path, dimensions: [2, 3, 4]) }
    #expect(error?.description.contains("is no gzip file") == true)
  }

  @Test func `a file that is not there cannot be read`() {
    let error = #expect(throws: DatasetError.self) { try IDX.read(scratch.path + "/none.gz", dimensions: [1]) }
    #expect(error?.description.contains("none.gz cannot be read") == true)
  }
}
