import Datasets
import Foundation
import Tensors

/// The tensors of a file that `torch.save` wrote of a dictionary of them, in either of its forms.
///
/// Source: PyTorch, `torch/serialization.py`: since 1.6 a zip archive of `data.pkl` and one file a storage; before, five
/// pickles one after the other and then the storages.
struct TorchFile {
  let path: String
  /// By name; what in the dictionary is no tensor is left out.
  let tensors: [String: TorchTensor]
  /// The numbers of each storage, by its key.
  private let storages: [String: Data]

  /// - Throws: `WeightsError.malformed`, `DatasetError`.
  init(reading path: String) throws {
    let data = try Data(mapping: path)
    self.path = path
    let value: PickleValue
    if LegacyTorchFile.begins(data) {
      (value, storages) = try LegacyTorchFile.parts(of: data, path: path)
    } else {
      (value, storages) = try ZippedTorchFile.parts(of: path)
    }
    tensors = try Self.tensors(value, path: path)
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      guard storages[tensor.storage.key]?.count == tensor.storage.bytes else {
        throw WeightsError.malformed(path, reason: "does not have the numbers of '\(name)'")
      }
    }
  }

  /// A tensor's numbers in row-major order, as Float32.
  /// - Throws: `WeightsError.malformed` where there is none of this shape.
  func floats(_ name: String, shape: [Int]) throws(WeightsError) -> [Float] {
    guard let tensor = tensors[name], let data = storages[tensor.storage.key] else {
      throw .malformed(path, reason: "has no tensor '\(name)'")
    }
    guard tensor.shape == shape else {
      throw .malformed(path, reason: "has a tensor '\(name)' of shape \(tensor.shape) where \(shape) belongs")
    }
    return tensor.values(of: data.withUnsafeBytes { tensor.storage.format.floats($0) })
  }

  private static func tensors(_ value: PickleValue, path: String) throws(WeightsError) -> [String: TorchTensor] {
    guard case .dictionary(let container) = value else {
      throw .malformed(path, reason: "holds no dictionary of tensors; save the network's state_dict()")
    }
    var tensors: [String: TorchTensor] = [:]
    for (key, value) in zip(container.keys, container.values) {
      if case .tensor(let tensor) = value, let name = key.text { tensors[name] = tensor }
    }
    return tensors
  }
}

/// The form since PyTorch 1.6.
private enum ZippedTorchFile {
  /// Bytes; a few times what this network's has.
  private static let (longestPickle, largestStorage) = (2 << 20, 1 << 28)

  static func parts(of path: String) throws -> (PickleValue, [String: Data]) {
    let zip = try Zip(path)
    try zip.checkNames()
    guard let pickle = zip.entries.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }) else {
      throw WeightsError.malformed(path, reason: "is a zip archive without a data.pkl, and so none of torch.save")
    }
    let folder = pickle.name.dropLast("data.pkl".count)
    if let order = zip.entries.first(where: { $0.name == folder + "byteorder" }) {
      guard try zip.contents(of: order, limit: 16) == Array("little".utf8) else {
        throw WeightsError.malformed(path, reason: "holds big-endian numbers; save it on a little-endian machine")
      }
    }
    var cursor = ByteCursor(
      Data(try zip.contents(of: pickle, limit: longestPickle)), path: path + ", " + pickle.name)
    let value = try PickleMachine.value(&cursor)
    let archive = try zip.mapped()
    var storages: [String: Data] = [:]
    for entry in zip.entries where entry.name.hasPrefix(folder + "data/") {
      storages[String(entry.name.dropFirst(folder.count + 5))] = try zip.data(
        of: entry, in: archive, limit: largestStorage)
    }
    return (value, storages)
  }
}

/// The form before PyTorch 1.6.
private enum LegacyTorchFile {
  /// A pickle of the whole number 0x1950a86a20f9469cfc6c.
  private static let magic: [UInt8] = [
    0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]

  static func begins(_ data: Data) -> Bool { data.starts(with: magic) }

  static func parts(of data: Data, path: String) throws(WeightsError) -> (PickleValue, [String: Data]) {
    var cursor = ByteCursor(data.dropFirst(magic.count), path: path)
    guard try PickleMachine.value(&cursor).number == 1001 else {
      throw cursor.fault("is of another version of PyTorch's old format than 1001")
    }
    try checkByteOrder(try PickleMachine.value(&cursor), cursor)
    let value = try PickleMachine.value(&cursor)
    let keys = try PickleMachine.value(&cursor)
    return (value, try storages(keys, widths(value), &cursor))
  }

  private static func checkByteOrder(_ system: PickleValue, _ cursor: ByteCursor) throws(WeightsError) {
    guard case .dictionary(let system) = system,
      zip(system.keys, system.values).contains(where: { key, value in
        if case .truth(true) = value { key.text == "little_endian" } else { false }
      })
    else { throw cursor.fault("does not say that its numbers are little-endian") }
  }

  /// Bytes of a number of each storage that a tensor needs.
  private static func widths(_ value: PickleValue) -> [String: Int] {
    guard case .dictionary(let container) = value else { return [:] }
    var widths: [String: Int] = [:]
    for case .tensor(let tensor) in container.values { widths[tensor.storage.key] = tensor.storage.format.width }
    return widths
  }

  /// In the order of their keys, each behind its count of numbers.
  private static func storages(
    _ keys: PickleValue, _ widths: [String: Int], _ cursor: inout ByteCursor
  ) throws(WeightsError) -> [String: Data] {
    guard case .list(let keys) = keys else { throw cursor.fault("has no list of storages") }
    var storages: [String: Data] = [:]
    for key in keys.values {
      guard let key = key.text, let width = widths[key] else { throw cursor.fault("has a storage of no tensor") }
      let count = try cursor.number(bytes: 8)
      guard count <= UInt64(Int32.max) else { throw cursor.fault("has a storage of \(count) numbers") }
      storages[key] = try cursor.take(Int(count) * width)
    }
    guard cursor.isAtEnd else { throw cursor.fault("goes on after its last storage") }
    return storages
  }
}
