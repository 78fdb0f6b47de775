package import Tensors

/// The Inception network, planned for batches of one size: from images to the features that distances are taken of.
///
/// An image's features depend neither on its batch nor on its place there, to the last bit. Not thread-safe: one caller
/// at a time.
package final class InceptionNetwork {
  /// Height and width of the images.
  package static let side = 299
  /// Images of a batch that fill the caches well: larger ones are no faster, and need more memory.
  package static let batch = 8

  private let features: [Features]
  private let batch: Int
  private let executable: any Executable

  /// - Parameter features: those that are wanted; layers beyond the deepest of them are neither needed nor run.
  /// - Throws: `WeightsError.missingLayer`; what the executor throws at a program that it cannot run.
  package init(
    weights: InceptionWeights, features: [Features], batch: Int = InceptionNetwork.batch, executor: any Executor
  ) throws {
    precondition(batch > 0 && !features.isEmpty, "a network is planned for some images and some features of them")
    let graph = Graph()
    var trace = InceptionTrace(wanted: Set(features))
    trace.append(InceptionPart.network, to: graph.input("images", [batch, 3, Self.side, Self.side]))
    let outputs = trace.features.map { (name: "\($0.key)", tensor: $0.tensor) }
    let parameters = ParameterStore()
    parameters.add(parametersOf: graph, seed: 0)
    for name in trace.layers { try parameters.fill(name, from: weights[name]) }
    executable = try executor.compile(
      Program(graph: graph, outputs: outputs, hasFixedParameters: true), parameters: parameters)
    self.features = Array(Set(features)).sorted()
    self.batch = batch
  }

  /// - Parameter images: rows of 3 · 299 · 299 numbers in [−1, 1], red, then green, then blue.
  /// - Returns: for each kind of features asked for a row of an image.
  package func features(of images: Matrix) -> [Features: Matrix] {
    let size = 3 * Self.side * Self.side
    precondition(images.columns == size, "images of \(size) numbers are expected, not of \(images.columns)")
    var results = features.map { Matrix(rows: images.rows, columns: $0.count) }
    for start in stride(from: 0, to: images.rows, by: batch) {
      let rows = start..<min(start + batch, images.rows)
      fill(executable.input("images"), from: images, rows)
      executable.run(seed: 0, step: 0)
      for (index, kind) in features.enumerated() {
        let values = executable.output("\(kind)").prefix(rows.count * kind.count)
        results[index].values.replaceSubrange((start * kind.count)..<(rows.upperBound * kind.count), with: values)
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(features, results))
  }

  /// Places that no image is left for hold zeros.
  private func fill(_ input: UnsafeMutableBufferPointer<Float>, from images: Matrix, _ rows: Range<Int>) {
    let numbers = images.values[(rows.lowerBound * images.columns)..<(rows.upperBound * images.columns)]
    let end = input.update(fromContentsOf: numbers)
    input[end...].update(repeating: 0)
  }
}

/// The writing of the network into a graph.
private struct InceptionTrace {
  /// Those that are still wanted.
  var wanted: Set<Features>
  /// What has been found so far.
  private(set) var features: [(key: Features, tensor: Tensor)] = []
  /// The layers that were needed for it, in order.
  private(set) var layers: [String] = []

  init(wanted: Set<Features>) { self.wanted = wanted }

  /// Goes on until nothing more is wanted, and gives what the last part puts out.
  @discardableResult
  mutating func append(_ parts: [InceptionPart], to images: Tensor) -> Tensor {
    parts.reduce(images) { x, part in wanted.isEmpty ? x : append(part, to: x) }
  }

  private mutating func append(_ part: InceptionPart, to x: Tensor) -> Tensor {
    let valid = ConvolutionGeometry(stride: 1, padding: 0)
    let halving = ConvolutionGeometry(stride: 2, padding: 0)
    let same = ConvolutionGeometry.same(x.shape, kernel: 3, stride: 1)
    switch part {
    case .convolution(let name): return convolution(name, of: x, nil).relu
    case .validConvolution(let name): return convolution(name, of: x, valid).relu
    case .halvingConvolution(let name): return convolution(name, of: x, halving).relu
    case .averagePool: return x.averagePooled(3, same)
    case .maximumPool: return x.maximumPooled(3, same)
    case .halvingPool: return x.maximumPooled(3, halving)
    case .branches(let branches):
      return .concatenate(branches.map { branch in append(branch, to: x) }, axis: 1)
    case .features(let kind):
      take(kind, from: x)
      return x
    }
  }

  /// The layer without its rectifier; no geometry is "SAME".
  private mutating func convolution(_ name: String, of x: Tensor, _ geometry: ConvolutionGeometry?) -> Tensor {
    guard let layer = InceptionLayer.named(name) else { preconditionFailure("\(name) is no layer of the network") }
    precondition(x.shape[1] == layer.inputs, "\(name) takes \(layer.inputs) channels, not \(x.shape[1])")
    layers.append(name)
    let weights = x.graph.parameter("\(name).weights", Shape(layer.shape), .constant(0))
    let biases = x.graph.parameter("\(name).biases", [layer.outputs], .constant(0))
    let same = ConvolutionGeometry.same(x.shape, kernel: KernelSize(of: weights.shape), stride: 1)
    return x.convolved(with: weights, geometry ?? same).addingChannelBias(biases)
  }

  private mutating func take(_ kind: Features, from x: Tensor) {
    let mean = x.averagePooled(x.shape[2], ConvolutionGeometry(stride: x.shape[2], padding: 0))
    if wanted.remove(kind) != nil { features.append((kind, mean.flattened)) }
    if kind == .f2048, wanted.remove(.logits) != nil {
      features.append((.logits, convolution("softmax", of: mean, nil).flattened))
    }
  }
}

extension ParameterStore {
  fileprivate func fill(_ name: String, from layer: InceptionWeights.Layer) {
    _ = values("\(name).weights").update(fromContentsOf: layer.weights)
    _ = values("\(name).biases").update(fromContentsOf: layer.biases)
  }
}
