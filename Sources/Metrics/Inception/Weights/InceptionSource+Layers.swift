import Foundation
import Tensors

extension SafetensorsFile {
  /// The network's layers: our own (`conv.weights`, `conv.biases`), those folded elsewhere with TensorFlow's order of
  /// indices (`conv/w`, `conv/b`), or the port's, not yet folded (`Conv2d_1a_3x3.conv.weight`).
  func inceptionLayers() throws -> [String: InceptionWeights.Layer] {
    if self["\(InceptionLayer.all[0].portName).conv.weight"] != nil { return try portedLayers(.init(self)) }
    let isOwn = entries.contains { $0.name.hasSuffix(".weights") }
    var layers: [String: InceptionWeights.Layer] = [:]
    for layer in InceptionLayer.all {
      guard let kernel = self[layer.name + (isOwn ? ".weights" : "/w")] else { continue }
      let shape = isOwn ? layer.shape : layer.outputsLast
      let biases = try floats(layer.name + (isOwn ? ".biases" : "/b"), shape: [layer.outputs])
      let weights = try floats(kernel.name, shape: shape)
      layers[layer.name] =
        isOwn
        ? .init(shape: shape, weights: weights, biases: biases)
        : .init(outputsLast: weights, shape: shape, biases: biases)
    }
    return layers
  }

  /// - Throws: `WeightsError.malformed` where there is no array of this name and shape.
  fileprivate func floats(_ name: String, shape: [Int]) throws(WeightsError) -> [Float] {
    guard let entry = self[name] else { throw .malformed(path, reason: "has no array '\(name)'") }
    guard entry.shape == shape else {
      throw .malformed(path, reason: "has an array '\(name)' of shape \(entry.shape) where \(shape) belongs")
    }
    return floats(entry)
  }
}

extension TorchFile {
  /// The network's layers, each convolution with its batch normalization folded in.
  func inceptionLayers() throws -> [String: InceptionWeights.Layer] { try portedLayers(.init(self)) }
}

extension TensorFlowGraph {
  /// The network's layers, each convolution with its batch normalization folded in.
  func inceptionLayers() throws -> [String: InceptionWeights.Layer] {
    var layers: [String: InceptionWeights.Layer] = [:]
    // Ours have _ for /, so that theirs are found by looking at all.
    for (name, constant) in constants {
      guard let scope = name.scope(under: "/conv2d_params") ?? name.scope(under: "/weights"),
        let layer = InceptionLayer.named(scope.replacing("/", with: "_"))
      else { continue }
      layers[layer.name] = try layer.features == .logits ? last(scope, constant, layer) : folded(scope, constant, layer)
    }
    return layers
  }

  private func last(_ scope: String, _ kernel: Constant, _ layer: InceptionLayer) throws -> InceptionWeights.Layer {
    guard kernel.shape == [layer.inputs, layer.outputs] else {
      throw WeightsError.wrongShape(
        layer: layer.name, found: kernel.shape, expected: [layer.inputs, layer.outputs], origin: path)
    }
    let biases = try vector(scope + "/biases", count: layer.outputs)
    return InceptionWeights.Layer(outputsLast: kernel.values, shape: layer.outputsLast, biases: biases)
  }

  private func folded(_ scope: String, _ kernel: Constant, _ layer: InceptionLayer) throws -> InceptionWeights.Layer {
    guard kernel.shape == layer.outputsLast else {
      throw WeightsError.wrongShape(
        layer: layer.name, found: kernel.shape, expected: layer.outputsLast, origin: path)
    }
    let name = scope + "/batchnorm"
    guard let node = nodes[name], node.operation == "BatchNormWithGlobalNormalization",
      let epsilon = node.attributes["variance_epsilon"]?.float
    else { throw WeightsError.malformed(path, reason: "has no batch normalization '\(name)'") }
    func numbers(_ part: String) throws -> [Float] { try vector(name + "/" + part, count: layer.outputs) }
    let plain = InceptionWeights.Layer(outputsLast: kernel.values, shape: kernel.shape, biases: [])
    return NormalizedConvolution(
      shape: plain.shape, weights: plain.weights,
      scale: node.attributes["scale_after_normalization"]?.isTrue == true ? try numbers("gamma") : nil,
      shift: try numbers("beta"), mean: try numbers("moving_mean"), variance: try numbers("moving_variance"),
      epsilon: Double(epsilon)
    ).folded()
  }

  private func vector(_ name: String, count: Int) throws -> [Float] {
    guard let constant = constants[name], constant.shape == [count] else {
      throw WeightsError.malformed(path, reason: "has no constant '\(name)' of \(count) numbers")
    }
    return constant.values
  }
}

extension ProtobufMessage {
  /// AttrValue: f = 4.
  fileprivate var float: Float? { self[4].last?.float }
  /// AttrValue: b = 5.
  fileprivate var isTrue: Bool { self[5].last?.number == 1 }
}

extension InceptionLayer {
  /// `[height, width, inputs, outputs]`.
  fileprivate var outputsLast: [Int] { kernel + [inputs, outputs] }
}

extension String {
  /// What stands before the ending, if that is how it ends.
  fileprivate func scope(under ending: String) -> String? { hasSuffix(ending) ? String(dropLast(ending.count)) : nil }
}

/// Arrays by name, in whatever file the port's lie.
private struct PortedArrays {
  let has: (String) -> Bool
  let floats: (_ name: String, _ shape: [Int]) throws -> [Float]

  init(_ file: SafetensorsFile) {
    has = { file[$0] != nil }
    floats = { try file.floats($0, shape: $1) }
  }

  init(_ file: TorchFile) {
    has = { file.tensors[$0] != nil }
    floats = { try file.floats($0, shape: $1) }
  }
}

/// The network's layers as the PyTorch port names them: `<layer>.conv.weight`, and `weight`, `bias`, `running_mean` and
/// `running_var` of `<layer>.bn`, whose ε is 0.001 in
/// single precision; and `fc`.
private func portedLayers(_ arrays: PortedArrays) throws -> [String: InceptionWeights.Layer] {
  var layers: [String: InceptionWeights.Layer] = [:]
  for layer in InceptionLayer.all {
    func numbers(_ part: String) throws -> [Float] { try arrays.floats(layer.portName + part, [layer.outputs]) }
    if layer.features == .logits {
      guard arrays.has(layer.portName + ".weight") else { continue }
      let kernel = try arrays.floats(layer.portName + ".weight", [layer.outputs, layer.inputs])
      layers[layer.name] = .init(shape: layer.shape, weights: kernel, biases: try numbers(".bias"))
    } else if arrays.has(layer.portName + ".conv.weight") {
      layers[layer.name] = NormalizedConvolution(
        shape: layer.shape, weights: try arrays.floats(layer.portName + ".conv.weight", layer.shape),
        scale: try numbers(".bn.weight"), shift: try numbers(".bn.bias"), mean: try numbers(".bn.running_mean"),
        variance: try numbers(".bn.running_var"), epsilon: Double(Float(0.001))
      ).folded()
    }
  }
  return layers
}
