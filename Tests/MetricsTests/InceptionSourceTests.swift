import Datasets
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

@Suite struct InceptionSourceTests {
  private let folder: WeightsFolder
  private let written: TorchFixture

  init() throws { (folder, written) = (try WeightsFolder(), try TorchFixture.load()) }

  private func floats(_ data: Data) -> [Float] { data.withUnsafeBytes { NumberFormat.float32.floats($0) } }

  /// The layer `conv` in one of the files of `written.layers`.
  private func layer(_ file: Data) throws -> InceptionWeights.Layer {
    let path = try folder.write(file)
    let layers =
      file.starts(with: [0x0a])
      ? try TensorFlowGraph(file, path: path).inceptionLayers() : try TorchFile(reading: path).inceptionLayers()
    #expect(layers.keys.sorted() == ["conv"])
    return try #require(layers["conv"])
  }

  @Test func `batch normalization is folded into the same numbers from every form`() throws {
    for (name, expected) in written.layers {
      for (place, file) in expected.files.enumerated() {
        let layer = try layer(file)
        #expect(layer.shape == [32, 3, 3, 3])
        // Both are computed in double precision and rounded once; a factor's last bit may tip a rounding.
        for (found, wanted) in [
          (layer.weights, floats(expected.folded.weights)), (layer.biases, floats(expected.folded.biases)),
        ] {
          #expect(found.count == wanted.count)
          #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= $1.ulp }, "\(name), file \(place)")
        }
      }
    }
    let scaled = try (written.layers["scaled"]?.files ?? []).map(layer)
    #expect(scaled.count == 3 && scaled.allSatisfy { $0 == scaled[0] })
  }

  @Test func `a graph cut anywhere is refused or lacks what comes after`() throws {
    let whole = try #require(written.layers["plain"]?.files.first)
    for length in stride(from: 0, to: whole.count, by: 3) {
      do {
        let layers = try TensorFlowGraph(whole.prefix(length), path: "graph").inceptionLayers()
        #expect(layers.isEmpty, "\(length) of \(whole.count) bytes")
      } catch { #expect(error is WeightsError, "\(length) bytes: \(error)") }
    }
  }

  @Test func `a flipped bit of a graph is refused or leaves a layer of the right shape`() throws {
    let whole = try #require(written.layers["plain"]?.files.first)
    // The kernel's numbers, from byte 150 to 3550, may be anything; one or two bits of every byte around
    // them are tried.
    for place in [0..<(8 * 150), (8 * 3550)..<(8 * whole.count)].joined() where place % 7 == 0 {
      var damaged = whole
      damaged[place / 8] ^= 1 << UInt8(place % 8)
      do {
        let layers = try TensorFlowGraph(damaged, path: "graph").inceptionLayers()
        #expect(layers.values.allSatisfy { $0.shape == [32, 3, 3, 3] && $0.biases.count == 32 })
      } catch { #expect(error is WeightsError, "bit \(place): \(error)") }
    }
  }

  @Test(
    arguments: [
      ([0x0b], "unknown wire type 3"), ([0x00, 0x01], "has a field of number 0"), ([0x0a, 0xff], "ends where more"),
      ([0x0a, 0x05, 0x01], "ends within 5 bytes"),
      ([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "more than 10 bytes"),
      ([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "has a field of"),
    ] as [([UInt8], String)])
  func `bytes that are no message are refused with their place`(bytes: [UInt8], reason: String) {
    let error = #expect(throws: WeightsError.self) { try ProtobufMessage(Data(bytes), path: "graph") }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(", at byte") == true)
  }

  @Test func `a file whose name gives the beginning of its hash is held to it`() throws {
    let data = Data("any contents".utf8)
    let hash = Digest.hexadecimal(data)
    let right = try InceptionSource(try folder.write(data, name: "pt_x-\(hash.prefix(8)).pth"))
    #expect(right.isProven && right.sha256 == hash)
    #expect(throws: WeightsError.self) { try InceptionSource(try folder.write(data, name: "pt_x-6726825d.pth")) }
    for name in ["graph.pb", "inception-20151205.safetensors", "6726825d.pth"] {
      #expect(try !InceptionSource(try folder.write(data, name: name)).isProven)
    }
  }

  @Test func `what holds no weights is refused with a sentence`() throws {
    for data in [
      Data(), Data("text".utf8), Data(repeating: 0, count: 64), Data([0x1f, 0x8b] + [UInt8](repeating: 7, count: 40)),
    ] {
      let source = try InceptionSource(try folder.write(data))
      #expect(throws: WeightsError.self) { try source.weights() }
    }
  }

  @Test func `folded weights of others, in half precision and with outputs last, are prepared in ours`() throws {
    let (path, data) = (
      try folder.write(try halves(), name: "from/inception-x.safetensors"), DataFolder(path: folder.path)
    )
    var lines: [String] = []
    try InceptionPreparation.prepare(from: path, offline: true, into: data) { lines.append($0) }
    let weights = try #require(try InceptionWeights.prepared(in: data))
    #expect(weights.deepest == .f64)
    // [height, width, inputs, outputs] of 3, 3, 3, 32: the number at 5 is that of output 5 at the first place.
    #expect(try weights["conv"].weights[5 * 27] == 5 && weights["conv"].weights[1] == 96)
    #expect(
      lines.count == 2 && lines[0].contains("no checksum is published") && lines[1].contains("features 64, weights"))
    // A folder with it does as well, and once it is there, nothing is needed.
    try InceptionPreparation.prepare(from: folder.path + "/from", offline: true, into: data) { _ in }
    try InceptionPreparation.prepare(from: nil, offline: true, into: data) { lines.append($0) }
    #expect(lines.count == 3 && lines[2].hasPrefix("inception: features 64, weights \(weights.hash.prefix(12))"))
  }

  @Test func `weights that are there are kept when others are shallower, or cannot be downloaded`() throws {
    let data = DataFolder(path: folder.path)
    let deep = try InceptionWeights(uniformLayers(to: .f192), origin: "a test")
    try PreparedWeights.write(deep, in: data)
    var lines: [String] = []
    try InceptionPreparation.prepare(
      from: try folder.write(try halves(), name: "inception-x.safetensors"), offline: true, into: data
    ) { lines.append($0) }
    #expect(lines.contains { $0.contains("goes to 64 only; what is there is kept") })
    try InceptionPreparation.prepare(from: nil, offline: false, into: data, downloader: WrongServer()) {
      lines.append($0)
    }
    #expect(lines.last?.contains("features 64, 192, weights \(deep.hash.prefix(12))") == true)
    #expect(try InceptionWeights.prepared(in: data)?.hash == deep.hash)
  }

  @Test func `weights that are damaged are made again`() throws {
    let data = DataFolder(path: folder.path)
    let path = PreparedWeights.path(in: data)
    _ = try folder.write(Data("damaged".utf8), name: "inception/" + (path as NSString).lastPathComponent)
    var lines: [String] = []
    try InceptionPreparation.prepare(
      from: try folder.write(try halves(), name: "inception-x.safetensors"), offline: true, into: data
    ) { lines.append($0) }
    #expect(lines.contains { $0.contains("it is made again") })
    #expect(try InceptionWeights.prepared(in: data)?.deepest == .f64)
  }

  @Test func `where nothing is, offline, it is said from where it would come`() throws {
    var lines: [String] = []
    let error = #expect(throws: WeightsError.self) {
      try InceptionPreparation.prepare(from: nil, offline: true, into: DataFolder(path: folder.path)) {
        lines.append($0)
      }
    }
    #expect(error?.description.contains("pt_inception-2015-12-05-6726825d.pth") == true)
    #expect(lines.contains { $0.contains("github.com/mseitzer/pytorch-fid/releases") })
  }

  @Test func `a download that is not what its name says leaves nothing behind`() throws {
    let error = #expect(throws: DatasetError.self) {
      try InceptionPreparation.prepare(
        from: nil, offline: false, into: DataFolder(path: folder.path), downloader: WrongServer()
      ) { _ in }
    }
    #expect(error?.description.contains("inception-2015-12-05.tgz could not be downloaded") == true)
    let left = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    #expect(left == ["inception"])
  }

  /// The first three convolutions as half precision, `[height, width, inputs, outputs]`, each number its place mod 1024.
  private func halves() throws -> Data {
    var (header, numbers): ([String], [UInt8]) = ([], [])
    for layer in InceptionLayer.all where layer.features == .f64 {
      let shape = layer.kernel + [layer.inputs, layer.outputs]
      let start = numbers.count
      for place in 0..<shape.reduce(1, *) {
        let bits = Float16(place % 1024).bitPattern
        numbers += [UInt8(bits & 0xff), UInt8(bits >> 8)]
      }
      header.append(
        "\"\(layer.name)/w\":{\"dtype\":\"F16\",\"shape\":\(shape),\"data_offsets\":[\(start),\(numbers.count)]}")
      let end = numbers.count + 4 * layer.outputs
      header.append(
        "\"\(layer.name)/b\":{\"dtype\":\"F32\",\"shape\":[\(layer.outputs)],\"data_offsets\":[\(numbers.count),\(end)]}"
      )
      numbers += [UInt8](repeating: 0, count: 4 * layer.outputs)
    }
    let json = "{" + header.joined(separator: ",") + "}"
    return withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Data($0) } + Data(json.utf8) + Data(numbers)
  }
}

/// The port's file is another, and TensorFlow's archive is not there.
private struct WrongServer: Downloader {
  func download(
    _ address: String, to path: String, expecting bytes: Int?, progress: (Int) -> Void
  ) throws {
    guard address.hasSuffix(".pth") else { throw DownloadError.status(404) }
    try Data("another file".utf8).write(to: URL(fileURLWithPath: path))
  }
}
