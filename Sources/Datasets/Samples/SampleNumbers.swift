import Experiments
import Foundation
package import Tensors

/// Latent codes or log-likelihoods that another program made: an array of a `.npy` file, or the first or a named one,
/// `FILE:NAME`, of an `.npz` or `.safetensors` file.
package struct SampleNumbers: Sendable {
  /// As it was named.
  package let path: String
  package let shape: [Int]
  /// The last index runs fastest.
  package let values: [Double]
  /// SHA-256 of the shape and the numbers as Float64.
  package let digest: String

  /// - Throws: `SampleError`.
  package init(_ path: String) throws {
    let place = SamplePlace(path)
    guard place.isThere else { throw SampleError.absent(path) }
    switch place.ending {
    case "npy", "npz":
      let array = try place.numpyArray()
      (shape, values) = (array.shape, array.doubles(0..<array.count))
    case "safetensors": (shape, values) = try place.safetensorsArray()
    default: throw SampleError.unknownKind(path)
    }
    self.path = path
    var digest = Digest()
    digest.update(kind: "doubles", shape: shape)
    values.withUnsafeBytes { digest.update($0) }
    self.digest = digest.hexadecimal()
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      let row = shape.dropFirst().reduce(1, *)
      throw SampleError.notFinite(
        path, value: "\(values[place])", index: shape.count > 1 ? [place / row, place % row] : [place])
    }
  }

  /// The numbers as codes, `[n, dimensions]`.
  /// - Throws: `SampleError.noCodes`, `.tooFew`.
  package func codes() throws(SampleError) -> Matrix {
    guard shape.count == 2, shape[1] > 0 else { throw .noCodes(path, shape: shape) }
    guard shape[0] > 1 else { throw .tooFew(path, count: shape[0]) }
    return Matrix(rows: shape[0], columns: shape[1], values: values.map { Float($0) })
  }

  /// The numbers as log-likelihoods, one of each image.
  /// - Throws: `SampleError.noLikelihoods`, `.tooFew`.
  package func logLikelihoods() throws(SampleError) -> [Double] {
    guard shape.count == 1 || (shape.count == 2 && shape[1] == 1) else { throw .noLikelihoods(path, shape: shape) }
    guard shape[0] > 1 else { throw .tooFew(path, count: shape[0]) }
    return values
  }
}

/// A path to a file with arrays, with the name of one of them where there is one: `FILE` or `FILE:NAME`.
struct SamplePlace {
  /// As it was typed.
  let path: String
  let file: String
  /// The array's; `nil` for the first.
  let name: String?

  init(_ path: String) {
    self.path = path
    let parts = path.split(separator: ":", omittingEmptySubsequences: false)
    if FileManager.default.fileExists(atPath: path) || parts.count < 2 {
      (file, name) = (path, nil)
    } else {
      (file, name) = (parts.dropLast().joined(separator: ":"), parts.last.map(String.init))
    }
  }

  var isThere: Bool { FileManager.default.fileExists(atPath: file) }

  var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// What the file's name ends with, in small letters.
  var ending: String { URL(filePath: file).pathExtension.lowercased() }

  /// The array of a `.npy` or `.npz` file.
  /// - Throws: `SampleError.noArray`, `.unusable`.
  func numpyArray() throws -> NumpyArray {
    guard ending == "npz" else {
      guard name == nil else { throw SampleError.noArray(file, name: name ?? "", known: []) }
      return try reading(path) { try NumpyArray(reading: file) }
    }
    let archive = try reading(path) { try NumpyArchive(reading: file) }
    let chosen = try choice(among: archive.names)
    return try reading(path) { try archive.array(chosen) }
  }

  /// The array of a `.safetensors` file.
  /// - Throws: `SampleError.noArray`, `.unusable`.
  func safetensorsArray() throws -> (shape: [Int], values: [Double]) {
    let opened: SafetensorsFile
    do { opened = try SafetensorsFile(reading: file) } catch {
      switch error {
      case .malformed(_, let reason):
        throw SampleError.unusable(path, reason: "is no whole safetensors file: \(reason)")
      case .unreadable(_, let reason), .unwritable(_, let reason):
        throw SampleError.unusable(path, reason: "cannot be read (\(reason))")
      }
    }
    let chosen = try choice(among: opened.entries.map(\.name))
    guard let entry = opened[chosen] else { throw SampleError.noArray(file, name: chosen, known: []) }
    return (entry.shape, opened.doubles(entry))
  }

  private func choice(among names: [String]) throws(SampleError) -> String {
    guard let first = names.first, name.map(names.contains) ?? true else {
      throw .noArray(file, name: name ?? "", known: names)
    }
    return name ?? first
  }
}
