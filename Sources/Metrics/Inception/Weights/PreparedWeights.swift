package import Datasets
import Foundation
import Tensors

/// The weights in the data directory: `inception/inception-2015-12-05.safetensors`, folded and in single precision, with
/// their origin and their hash in the file's metadata.
enum PreparedWeights {
  /// Of the folder in the data directory, and for `assay prepare`.
  static let name = "inception"

  static func path(in folder: DataFolder) -> String {
    (folder.folder(of: name) as NSString).appendingPathComponent("inception-2015-12-05.safetensors")
  }

  /// - Throws: `WeightsError`.
  static func write(_ weights: InceptionWeights, in folder: DataFolder) throws(WeightsError) {
    let arrays = InceptionLayer.all.flatMap { layer in
      weights.layers[layer.name].map {
        [
          NamedArray(name: layer.name + ".weights", shape: $0.shape, values: $0.weights),
          NamedArray(name: layer.name + ".biases", shape: [$0.biases.count], values: $0.biases),
        ]
      } ?? []
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder.folder(of: name), withIntermediateDirectories: true)
      try SafetensorsFile.write(
        arrays, metadata: ["hash": weights.hash, "origin": weights.origin], to: path(in: folder))
    } catch let error as SafetensorsError {
      throw WeightsError(error)
    } catch {
      throw .unwritable(folder.folder(of: name), reason: error.localizedDescription)
    }
  }

  /// - Returns: `nil` where there is no such file.
  /// - Throws: `WeightsError`, also where the numbers are not those that were written.
  static func read(in folder: DataFolder) throws -> InceptionWeights? {
    let path = path(in: folder)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file: SafetensorsFile
    do { file = try SafetensorsFile(reading: path) } catch { throw WeightsError(error) }
    let weights = try InceptionWeights(try file.inceptionLayers(), origin: file.metadata["origin"] ?? path)
    guard file.metadata["hash"] == weights.hash else {
      throw WeightsError.malformed(path, reason: "is damaged: its numbers are not those that were written")
    }
    return weights
  }

  /// Those of a safetensors file of somebody else's in the folder.
  /// - Throws: `WeightsError`.
  static func foreign(in folder: DataFolder) throws -> InceptionWeights? {
    let files = InceptionSource.candidates(in: folder.folder(of: name)).filter { $0.hasSuffix(".safetensors") }
    guard let file = files.first(where: { $0 != path(in: folder) }) else { return nil }
    do { return try InceptionSource(file).weights() } catch let error as DatasetError {
      throw WeightsError.malformed(file, reason: error.fault)
    }
  }
}

extension InceptionWeights {
  /// The weights in the data directory: those that `assay prepare inception` has left there, or else a safetensors file
  /// of somebody else's in `inception/`.
  /// - Returns: `nil` where there is neither.
  /// - Throws: `WeightsError` where the file is damaged or another network's.
  package static func prepared(in folder: DataFolder) throws -> InceptionWeights? {
    try PreparedWeights.read(in: folder) ?? PreparedWeights.foreign(in: folder)
  }
}
