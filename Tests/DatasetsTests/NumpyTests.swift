import Foundation
import Tensors
import Testing

@testable import Datasets

/// What `Fixtures/numpy-files.py` wrote.
private struct NumpyFixture: Decodable {
  struct Array: Decodable {
    let name: String
    let file: Data
    let shape: [Int]
    let values: [String]
  }
  struct File: Decodable {
    let name: String
    let file: Data
    let reason: String?
  }
  let arrays: [Array]
  let refused: [File]
  let archives: [File]
  let outside: [File]
  let bomb: Data

  static func load() throws -> NumpyFixture {
    try JSONDecoder().decode(Self.self, from: Data(try fixtureBytes("numpy-files.json")))
  }
}

@Suite struct NumpyTests {
  private let scratch: Scratch
  private let written: NumpyFixture

  init() throws { (scratch, written) = (try Scratch(), try NumpyFixture.load()) }

  private func array(_ file: Data) throws -> NumpyArray {
    try NumpyArray(reading: try scratch.write("a.npy", Array(file)))
  }

  private func archive(_ file: Data) throws -> NumpyArchive {
    try NumpyArchive(reading: try scratch.write("a.npz", Array(file)))
  }

  @Test func `every type, order and version comes out as NumPy has it`() throws {
    for expected in written.arrays {
      let array = try array(expected.file)
      let values = try expected.values.map { try #require(Double($0)) }
      #expect(array.shape == expected.shape, "\(expected.name)")
      #expect(array.doubles(0..<array.count) == values, "\(expected.name)")
      #expect(array.floats(0..<array.count) == values.map { Float($0) }, "\(expected.name)")
    }
    #expect(written.arrays.count == 22)
  }

  @Test func `a range is that part of the whole, in either order of indices`() throws {
    for expected in written.arrays where expected.shape == [2, 3, 4] {
      let array = try array(expected.file)
      let whole = array.doubles(0..<24)
      for start in 0...24 {
        for end in start...24 { #expect(array.doubles(start..<end) == Array(whole[start..<end]), "\(expected.name)") }
      }
    }
  }

  @Test func `what holds no little-endian numbers is refused by name`() throws {
    for file in written.refused {
      let error = #expect(throws: DatasetError.self, "\(file.name)") { try array(file.file) }
      #expect(error?.fault.contains(file.reason ?? "none") == true, "\(file.name): \(error?.fault ?? "")")
    }
  }

  @Test func `a file cut anywhere, or with more behind it, is refused`() throws {
    let whole = try #require(written.arrays.first { $0.name == "<f4" }).file
    for length in 0..<whole.count {
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") { try array(whole.prefix(length)) }
    }
    let error = #expect(throws: DatasetError.self) { try array(whole + [0]) }
    #expect(error?.fault == "holds 1 bytes more than its shape [2, 3, 4] says")
  }

  @Test func `a flipped bit of the header is refused or leaves an array of as many bytes`() throws {
    let whole = try #require(written.arrays.first { $0.name == "<i4" }).file
    // One or two bits of every byte.
    for place in stride(from: 0, to: 8 * 128, by: 7) {
      var damaged = whole
      damaged[place / 8] ^= 1 << UInt8(place % 8)
      do {
        let array = try array(damaged)
        #expect(array.count * array.format.width == 96, "bit \(place)")
        #expect(array.doubles(0..<array.count).count == array.count)
      } catch is DatasetError {}
    }
  }

  @Test(arguments: [
    "(9223372036854775807, 9223372036854775807)", "(-2, 3)", "(99999999999999999999,)", "(2, 3", "2", "'(2, 3)'",
    "(4611686018427387904,)", "(1000000000000,)",
  ])
  func `a shape that cannot be, or of more numbers than there are, is refused before memory is asked for`(
    shape: String
  ) throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }\n"
    let file = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + [0, 0, 0, 0]
    #expect(throws: DatasetError.self) { try array(Data(file)) }
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False}", "{'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'shape': (1,)}",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "", "{", "{'descr'", "{'descr: 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + os.system('true')",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': open('/etc/passwd'), 'fortran_order': False, 'shape': (1,)}",
  ])
  func `a header that is not NumPy's dictionary is refused, and none is ever evaluated`(header: String) throws {
    let file = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + [0, 0, 0, 0]
    #expect(throws: DatasetError.self) { try array(Data(file)) }
  }

  @Test func `a header longer than any is refused`() throws {
    let file = [0x93] + Array("NUMPY".utf8) + [2, 0, 0xff, 0xff, 0xff, 0x7f]
    let error = #expect(throws: DatasetError.self) { try array(Data(file)) }
    #expect(error?.fault.contains("has a header of 2147483647 bytes") == true)
  }

  @Test func `arrays come out of archives, packed or not`() throws {
    for file in written.archives {
      let archive = try archive(file.file)
      #expect(archive.names == ["first", "more/second"], "\(file.name)")
      let (first, second) = (try archive.array("first"), try archive.array("more/second"))
      #expect(first.shape == [2, 2] && first.doubles(0..<4) == [0, 1, 2, 3], "\(file.name)")
      #expect(second.shape == [2, 3, 4] && second.doubles(0..<24) == (0..<24).map(Double.init), "\(file.name)")
    }
    #expect(written.archives.count == 4)
  }

  @Test func `an archive without the array says which it has`() throws {
    let archive = try archive(try #require(written.archives.first).file)
    let error = #expect(throws: DatasetError.self) { try archive.array("third") }
    #expect(error?.fault == "has no array 'third'; it has: first, more/second")
  }

  @Test func `a name that leads out of the archive is refused`() throws {
    for file in written.outside {
      let error = #expect(throws: DatasetError.self) { try archive(file.file) }
      #expect(error?.fault == "has a file named '\(file.name)', which leads out of the archive")
    }
    #expect(written.outside.count == 4)
  }

  @Test func `an array that is larger unpacked than may be is refused before it is unpacked`() throws {
    let archive = try archive(written.bomb)
    #expect(try archive.array("first").count == 4_000_000)
    let error = #expect(throws: DatasetError.self) { try archive.array("first", limit: 1_000_000) }
    #expect(error?.fault.contains("is too large: 4000128 bytes, at most 1000000 are read") == true)
  }

  @Test func `an archive that lies about the size of an array is refused`() throws {
    // In the central directory: the size of the only file.
    var small = Array(written.bomb)
    let directory = try #require(small.indices.last { small[$0...].starts(with: [0x50, 0x4b, 0x01, 0x02]) })
    small.replaceSubrange((directory + 24)..<(directory + 28), with: [0x81, 0, 0, 0])
    #expect(throws: DatasetError.self) { try archive(Data(small)).array("first") }
    var large = Array(written.bomb)
    large.replaceSubrange((directory + 24)..<(directory + 28), with: [0xff, 0xff, 0xff, 0x7e])
    #expect(throws: DatasetError.self) { try archive(Data(large)).array("first") }
  }

  @Test func `an archive damaged anywhere is refused or gives the same numbers`() throws {
    for file in written.archives.prefix(2) {
      for place in file.file.indices {
        var damaged = file.file
        damaged[place] ^= 0x21
        do {
          let array = try archive(damaged).array("first")
          #expect(array.doubles(0..<array.count) == [0, 1, 2, 3], "\(file.name), byte \(place)")
        } catch is DatasetError {}
      }
    }
  }
}
