import Foundation
import Testing

@testable import Tensors

/// What `Fixtures/safetensors-files.py` wrote.
private struct SafetensorsFixture: Decodable {
  struct Array: Decodable {
    let name: String
    let shape: [Int]
    let values: [String]
  }
  let file: Data
  let metadata: [String: String]
  let arrays: [Array]

  static func load() throws -> SafetensorsFixture {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/safetensors-files.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}

@Suite struct SafetensorsTests {
  private let written: SafetensorsFixture

  init() throws { written = try SafetensorsFixture.load() }

  @Test func `every type of number comes out as the format's own library has it`() throws {
    let file = try SafetensorsFile(written.file, path: "file")
    #expect(file.metadata == written.metadata)
    #expect(file.entries.map(\.name) == written.arrays.map(\.name))
    for expected in written.arrays {
      let entry = try #require(file[expected.name])
      let values = try expected.values.map { try #require(Double($0)) }
      #expect(entry.shape == expected.shape, "\(expected.name)")
      #expect(file.doubles(entry) == values, "\(expected.name)")
      #expect(file.floats(entry) == values.map { Float($0) }, "\(expected.name)")
    }
    #expect(written.arrays.count == 12)
  }

  @Test func `the file is laid out as the format says`() throws {
    let arrays = [
      NamedArray(name: "a", shape: [1], values: [3]), NamedArray(name: "b", shape: [2], values: [1, 2]),
    ]
    let header =
      #"{"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1]},"b":{"data_offsets":[4,12],"dtype":"F32","shape":[2]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var expected = Data([UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    expected.append(contentsOf: padded.utf8)
    expected.append(contentsOf: [0, 0, 0x40, 0x40, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])
    #expect(try SafetensorsFile.encoded(arrays) == expected)
  }

  @Test func `what was written is read back, metadata and signs of zero too`() throws {
    let values: [Float] = [-0.0, .infinity, .leastNonzeroMagnitude, .pi]
    let array = NamedArray(name: "x/y", shape: [2, 1, 2], values: values)
    let file = try SafetensorsFile(SafetensorsFile.encoded([array], metadata: ["of": "a test"]), path: "file")
    let entry = try #require(file["x/y"])
    #expect(file.metadata == ["of": "a test"])
    #expect(entry.shape == [2, 1, 2] && entry.format == .float32)
    #expect(file.floats(entry).map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func `a file cut off anywhere, or with more behind it, is refused`() throws {
    for length in 0..<written.file.count {
      #expect(throws: SafetensorsError.self, "\(length) bytes") {
        try SafetensorsFile(written.file.prefix(length), path: "file")
      }
    }
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(written.file + [0], path: "file") }
  }

  @Test func `a flipped bit of the header is refused or leaves arrays that lie in the file`() throws {
    let length = 8 + Int(written.file[0]) + Int(written.file[1]) << 8
    // One or two bits of every byte.
    for place in stride(from: 0, to: 8 * length, by: 7) {
      var damaged = written.file
      damaged[place / 8] ^= 1 << UInt8(place % 8)
      do {
        let file = try SafetensorsFile(damaged, path: "file")
        #expect(file.entries.map { file.floats($0).count * $0.format.width }.reduce(0, +) <= damaged.count)
      } catch {
        // Refused.
        continue
      }
    }
  }

  @Test(arguments: [
    #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[1]}}"#,
    #"{"a":{"data_offsets":[4,8],"dtype":"F32","shape":[2]}}"#,
    #"{"a":{"data_offsets":[0,8],"dtype":"F128","shape":[1]}}"#,
    #"{"a":{"data_offsets":[-4,4],"dtype":"F32","shape":[2]}}"#,
    #"{"a":{"data_offsets":[8,0],"dtype":"F32","shape":[2]}}"#,
    #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[-1,-2]}}"#,
    #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[4611686018427387904,4]}}"#,
    #"{"a":{"data_offsets":[-9223372036854775808,9223372036854775807],"dtype":"F32","shape":[2]}}"#,
    #"{"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}}"#,
    #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[2]},"b":{"data_offsets":[4,8],"dtype":"F32","shape":[1]}}"#,
    #"{"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1]},"b":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}"#,
    #"{"a":{"data_offsets":[0,16],"dtype":"F32","shape":[4]}}"#,
    #"{"__metadata__":{"a":1},"a":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}"#,
    #"["a"]"#, "",
  ])
  func `a header that contradicts itself or the file is refused`(header: String) throws {
    var file = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    file.append(contentsOf: header.utf8)
    file.append(Data(count: 8))
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(file, path: "file") }
  }

  @Test func `a header longer than any is refused before it is read`() throws {
    let file = withUnsafeBytes(of: UInt64(20_000_000).littleEndian) { Data($0) } + Data(count: 20_000_000)
    let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(file, path: "file") }
    #expect(error?.description.contains("longer than 10000000") == true)
  }
}
