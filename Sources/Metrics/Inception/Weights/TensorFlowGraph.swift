import Foundation
import Tensors

/// A frozen graph of TensorFlow: its constants, and what its other nodes say of themselves.
///
/// Source: TensorFlow's `graph.proto`, `node_def.proto`, `attr_value.proto`, `tensor.proto`, `tensor_shape.proto`: the
/// field numbers below are theirs.
struct TensorFlowGraph {
  /// A node that is no constant.
  struct Node {
    let operation: String
    let attributes: [String: ProtobufMessage]
  }

  let path: String
  private(set) var nodes: [String: Node] = [:]
  /// Row-major; those of other types than Float32 are left out.
  private(set) var constants: [String: Constant] = [:]

  struct Constant {
    let shape: [Int]
    /// As the file has them: one may stand for all.
    private let written: [Float]

    /// - Returns: `nil` where there are neither as many numbers as the shape says nor one.
    init?(shape: [Int], written: [Float]) {
      guard let bytes = NumberFormat.float32.bytes(of: shape), written.count == 1 || written.count * 4 == bytes else {
        return nil
      }
      (self.shape, self.written) = (shape, written)
    }

    /// For constants of a known shape only: a node of some bytes may claim any.
    var values: [Float] {
      written.count == 1 ? Array(repeating: written[0], count: shape.reduce(1, *)) : written
    }
  }

  /// - Throws: `WeightsError.malformed`.
  init(_ data: Data, path: String) throws(WeightsError) {
    self.path = path
    // GraphDef: node = 1.
    for message in try ProtobufMessage(data, path: path).messages(1) { try add(message) }
  }

  /// NodeDef: name = 1, op = 2, attr = 5.
  private mutating func add(_ message: ProtobufMessage) throws(WeightsError) {
    guard let name = message.text(1), let operation = message.text(2) else {
      throw .malformed(path, reason: "has a node without a name or an operation")
    }
    var attributes: [String: ProtobufMessage] = [:]
    // Of a map: key = 1, value = 2.
    for entry in try message.messages(5) {
      guard let key = entry.text(1), let value = try entry.messages(2).last else { continue }
      attributes[key] = value
    }
    guard nodes[name] == nil, constants[name] == nil else {
      throw .malformed(path, reason: "has two nodes named '\(name)'")
    }
    guard operation == "Const" else { return nodes[name] = Node(operation: operation, attributes: attributes) }
    // AttrValue: tensor = 8.
    guard let tensor = try attributes["value"]?.messages(8).last else {
      throw .malformed(path, reason: "has a constant '\(name)' without a value")
    }
    constants[name] = try constant(tensor, name)
  }

  /// TensorProto: dtype = 1, tensor_shape = 2, tensor_content = 4, float_val = 5.
  private func constant(_ tensor: ProtobufMessage, _ name: String) throws(WeightsError) -> Constant? {
    // DT_FLOAT = 1.
    guard tensor[1].last?.number == 1 else { return nil }
    let shape = try shape(tensor, name)
    let values = tensor.bytes(4).map { $0.withUnsafeBytes { NumberFormat.float32.floats($0) } } ?? floats(tensor)
    guard let constant = Constant(shape: shape, written: values) else {
      throw .malformed(
        path, reason: "has a constant '\(name)' of \(values.count) numbers where its shape is \(shape)")
    }
    return constant
  }

  /// TensorShapeProto: dim = 2; Dim: size = 1.
  private func shape(_ tensor: ProtobufMessage, _ name: String) throws(WeightsError) -> [Int] {
    var shape: [Int] = []
    for message in try tensor.messages(2) {
      for dimension in try message.messages(2) {
        shape.append(Int(truncatingIfNeeded: dimension[1].last?.number ?? 0))
      }
    }
    return shape
  }

  /// Packed or one a field.
  private func floats(_ tensor: ProtobufMessage) -> [Float] {
    tensor[5].flatMap { value in
      value.bytes.map { $0.withUnsafeBytes { NumberFormat.float32.floats($0) } } ?? value.float.map { [$0] } ?? []
    }
  }
}
