import Foundation
import Testing

@testable import Datasets

/// What `Fixtures/png-files.py` wrote.
private struct PNGFixture: Decodable {
  struct Picture: Decodable {
    let name: String
    let file: Data
    let shape: [Int]
    let values: [UInt8]
  }
  struct Refused: Decodable {
    let name: String
    let file: Data
    let reason: String
  }
  let pictures: [Picture]
  let refused: [Refused]

  static func load() throws -> PNGFixture {
    try JSONDecoder().decode(Self.self, from: Data(try fixtureBytes("png-files.json")))
  }
}

@Suite struct PNGTests {
  private let written: PNGFixture
  private let decoder = PictureDecoder()

  init() throws { written = try PNGFixture.load() }

  @Test func `every kind of picture comes out as the numbers that are in it`() throws {
    for expected in written.pictures {
      let raster = try decoder.decode(Array(expected.file), name: expected.name)
      #expect(raster.shape == expected.shape, "\(expected.name)")
      #expect(raster.bytes == expected.values, "\(expected.name)")
    }
    #expect(written.pictures.count == 11)
  }

  @Test func `a picture that is transparent, too large or damaged is refused with a reason`() throws {
    for file in written.refused {
      let error = #expect(throws: DatasetError.self, "\(file.name)") {
        try decoder.decode(Array(file.file), name: file.name)
      }
      #expect(error?.fault.contains(file.reason) == true, "\(file.name): \(error?.fault ?? "")")
    }
  }

  @Test func `a picture cut anywhere is refused`() throws {
    let whole = Array(try #require(written.pictures.first).file)
    for length in 0..<whole.count {
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") {
        try decoder.decode(Array(whole.prefix(length)), name: "cut")
      }
    }
  }

  @Test func `a damaged byte is refused or changes nothing`() throws {
    for expected in written.pictures {
      let whole = Array(expected.file)
      for place in whole.indices {
        var damaged = whole
        damaged[place] ^= 0x11
        do {
          let raster = try decoder.decode(damaged, name: "damaged")
          #expect(raster.bytes == expected.values, "\(expected.name), byte \(place)")
        } catch is DatasetError {}
      }
    }
  }

  @Test func `a JPEG of any size is told by how it begins, and a grey one stays grey`() throws {
    let grey = Raster(shape: [3, 8, 16], bytes: [UInt8](repeating: 128, count: 384))
    let decoded = try decoder.decode(JPEG().encode(grey, quality: 95), name: "picture")
    #expect(decoded.shape == [3, 8, 16])
    #expect(decoded.bytes.allSatisfy { abs(Int($0) - 128) <= 2 })
    #expect(throws: DatasetError.self) { try decoder.decode(Array("no picture".utf8), name: "text") }
    #expect(throws: DatasetError.self) { try decoder.decode([0xff, 0xd8], name: "cut") }
  }
}
