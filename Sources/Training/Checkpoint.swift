import Experiments
import Tensors

/// Named arrays of numbers on their way to and from a safetensors file, here Float32 in order of name.
struct Checkpoint {
  let entries: [NamedArray]

  init(of parameters: ParameterStore) {
    entries = parameters.slicesByName.map {
      NamedArray(name: $0.name, shape: $0.shape.dimensions, values: Array(parameters.values($0.name)))
    }
  }

  /// SHA-256 over the entries in their order: each name's UTF-8 bytes, then its numbers as little-endian Float32.
  var contentHash: String {
    var digest = Digest()
    for entry in entries {
      Array(entry.name.utf8).withUnsafeBytes { digest.update($0) }
      let bits = entry.values.map { $0.bitPattern.littleEndian }
      bits.withUnsafeBytes { digest.update($0) }
    }
    return digest.hexadecimal()
  }

  /// - Throws: `CheckpointError.unwritable`.
  func write(to path: String) throws(CheckpointError) {
    do { try SafetensorsFile.write(entries, to: path) } catch { throw CheckpointError(error) }
  }

  /// - Throws: `CheckpointError.unreadable` and `.malformed`.
  init(reading path: String) throws(CheckpointError) {
    do throws(SafetensorsError) {
      let file = try SafetensorsFile(reading: path)
      if let foreign = file.entries.first(where: { $0.format != .float32 }) {
        throw SafetensorsError.malformed(path: path, reason: "\(foreign.name) is of \(foreign.format) and not float32")
      }
      entries = file.entries.map { NamedArray(name: $0.name, shape: $0.shape, values: file.floats($0)) }
    } catch {
      throw CheckpointError(error)
    }
  }

  /// Puts the numbers into a store that holds exactly the same names and shapes.
  /// - Throws: `CheckpointError.mismatch`, and then nothing was put.
  func copy(to parameters: ParameterStore, path: String) throws(CheckpointError) {
    let (own, wanted) = (Set(entries.map(\.name)), Set(parameters.slices.map(\.name)))
    if let name = wanted.subtracting(own).min() { throw .mismatch(path: path, reason: "they lack \(name)") }
    if let name = own.subtracting(wanted).min() { throw .mismatch(path: path, reason: "\(name) has no place") }
    for entry in entries {
      guard let shape = parameters.slice(entry.name)?.shape.dimensions, shape != entry.shape else { continue }
      throw .mismatch(path: path, reason: "\(entry.name) is \(entry.shape) instead of \(shape)")
    }
    for entry in entries { _ = parameters.values(entry.name).update(fromContentsOf: entry.values) }
  }
}

extension ParameterStore {
  /// The slices in order of name.
  var slicesByName: [Slice] { slices.sorted { $0.name < $1.name } }

  /// SHA-256 over the slices in order of name: each name's UTF-8 bytes, then its numbers as little-endian Float32.
  var contentHash: String { Checkpoint(of: self).contentHash }

  var isFinite: Bool { slices.allSatisfy { values($0.name).allSatisfy { $0.isFinite } } }
}
