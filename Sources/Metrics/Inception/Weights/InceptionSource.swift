import Datasets
import Foundation
import Tensors

/// A file of somebody else's that holds the network's weights, in one of the forms in which they are passed around.
struct InceptionSource {
  let path: String
  /// SHA-256 of the file.
  let sha256: String

  /// - Throws: `WeightsError.foreign` where the name gives the beginning of another hash; `DatasetError.unreadable`.
  init(_ path: String) throws {
    self.path = path
    sha256 = try OpenFile(path).digest()
    guard let expected = Self.promise(of: path), !sha256.hasPrefix(expected) else { return }
    throw WeightsError.foreign(path, sha256: sha256, expected: expected)
  }

  /// The file's name and hash.
  var origin: String { "\((path as NSString).lastPathComponent) (SHA-256 \(sha256.prefix(16))…)" }

  /// Whether the file's name vouches for its contents.
  var isProven: Bool { Self.promise(of: path) != nil }

  /// What a name like `weights-6726825d.pth` says that the SHA-256 begins with: PyTorch's convention for files to download.
  private static func promise(of path: String) -> String? {
    let name = (path as NSString).lastPathComponent as NSString
    let parts = name.deletingPathExtension.split(separator: "-").map(String.init)
    guard ["pth", "pt"].contains(name.pathExtension), parts.count > 1, let last = parts.last, last.count == 8,
      last.allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return nil }
    return last.lowercased()
  }

  /// The weights, batch normalization folded into them.
  /// - Throws: `WeightsError`.
  func weights() throws -> InceptionWeights {
    do { return try InceptionWeights(try layers(), origin: origin) } catch let error as DatasetError {
      throw WeightsError.malformed(path, reason: error.fault)
    } catch let error as SafetensorsError {
      throw WeightsError(error)
    }
  }

  /// The form is told by how the file begins.
  private func layers() throws -> [String: InceptionWeights.Layer] {
    let start = try FileStream(path).read(9)
    if start[8] == UInt8(ascii: "{") { return try SafetensorsFile(reading: path).inceptionLayers() }
    if start.starts(with: [0x50, 0x4b]) || start.starts(with: [0x80, 0x02]) {
      return try TorchFile(reading: path).inceptionLayers()
    }
    if start.starts(with: [0x1f, 0x8b]) {
      let archive = Window(try Inflate(gzip: path), count: Self.mostUnpacked)
      let graph = try Tar.file(Self.graphName, in: archive).readToEnd(limit: Self.mostUnpacked)
      return try TensorFlowGraph(Data(graph), path: path).inceptionLayers()
    }
    // The first field of a graph is a node, of wire type 2.
    guard start[0] == 0x0a else {
      throw WeightsError.malformed(
        path, reason: "is no graph of TensorFlow, no file of PyTorch and no safetensors file")
    }
    return try TensorFlowGraph(try Data(mapping: path), path: path).inceptionLayers()
  }

  /// Bytes of TensorFlow's archive; the official one has 100 million.
  private static let mostUnpacked = 1 << 28

  private static let graphName = "classify_image_graph_def.pb"
  static let portName = "pt_inception-2015-12-05-6726825d.pth"
  static let archiveName = "inception-2015-12-05.tgz"

  /// The names under which the weights are given out, best first.
  static let names = [portName, archiveName, graphName]

  /// The files in a folder, or in a folder `inception` in it, that may hold the weights, best first; or the file itself.
  static func candidates(in path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    return [path, (path as NSString).appendingPathComponent(PreparedWeights.name)].flatMap { folder in
      let own = names.map { (folder as NSString).appendingPathComponent($0) }
      return own.filter { FileManager.default.fileExists(atPath: $0) } + safetensors(in: folder)
    }
  }

  /// In order of name; none of a folder that cannot be read.
  private static func safetensors(in folder: String) -> [String] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch { return [] }
    return names.sorted().filter { $0.hasPrefix("inception") && $0.hasSuffix(".safetensors") }
      .map { (folder as NSString).appendingPathComponent($0) }
  }
}
