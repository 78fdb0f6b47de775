import Tensors

/// The features of images under a fixed convolutional network whose weights are random, and the same for ever.
///
/// Random features tell distributions apart without having been trained on anything (Xu et al. 2018, "An empirical study
/// on evaluation metrics of generative adversarial networks"), so distances on them need no weights to download; they
/// rank models on one dataset and mean nothing beside a published FID. Pixels go from [0, 1] to [−1, 1], then through 4×4
/// convolutions of stride 2 with leaky ReLU until at most 4×4 places are left. The 96 features are the mean of each of
/// the first layer's 32 channels (strokes and edges, wherever they are) and 64 random projections of the last layer
/// (what is where). Whoever changes anything here gives the metric another name.
final class RandomConvolutions {
  let count: Int
  private let size: Int
  private let executable: any Executable

  private static let batch = 100
  static let seed: UInt64 = 0x7261_6e64_6f6d
  private static let slope: Float = 0.2

  /// Whether images `[channels, height, width]` are neither too small for the layers nor too large for memory.
  static func takes(_ shape: [Int]) -> Bool {
    var (height, width, layers) = (shape[1], shape[2], 0)
    while layers == 0 || height > 4 {
      guard height > 1, width > 1 else { return false }
      (height, width, layers) = (height / 2, width / 2, layers + 1)
    }
    return shape.reduce(1, *) <= 3 * 512 * 512
  }

  /// - Parameter imageShape: `[channels, height, width]`
  /// - Precondition: it takes images of that shape.
  /// - Throws: What the executor throws at a program it cannot run.
  init(imageShape: [Int], executor: any Executor) throws {
    let graph = Graph()
    let images = graph.input("images", Shape([Self.batch] + imageShape))
    let features = Self.features(of: images)
    let parameters = ParameterStore()
    parameters.add(parametersOf: graph, seed: Self.seed)
    let program = Program(graph: graph, outputs: [("features", features)])
    executable = try executor.compile(program, parameters: parameters)
    count = features.shape[1]
    size = imageShape.reduce(1, *)
  }

  /// Batches have one size, so that an image's features do not depend on how many there are; the last is filled up
  /// with zeros.
  func features(of items: Matrix) -> Matrix {
    precondition(items.columns == size, "images of \(size) numbers are expected, not of \(items.columns)")
    var values: [Float] = []
    values.reserveCapacity(items.rows * count)
    for start in stride(from: 0, to: items.rows, by: Self.batch) {
      let rows = min(Self.batch, items.rows - start)
      let input = executable.input("images")
      input.update(repeating: 0)
      _ = input.update(from: items.values[(start * size)..<((start + rows) * size)])
      executable.run(seed: 0, step: 0)
      values.append(contentsOf: executable.output("features").prefix(rows * count))
    }
    return Matrix(rows: items.rows, columns: count, values: values)
  }

  /// `[batch, channels, height, width]` to `[batch, 96]`.
  static func features(of images: Tensor) -> Tensor {
    let first = layer(images.affine(2, -1), channels: 32, name: "layers.0")
    let area = Float(first.shape[2] * first.shape[3])
    let means = first.sum(along: [2, 3]).reshaped([first.shape[0], first.shape[1]]) * (1 / area)
    var (last, depth) = (first, 1)
    while last.shape[2] > 4 {
      last = layer(last, channels: 64, name: "layers.\(depth)")
      depth += 1
    }
    let places = last.flattened
    let weights = images.graph.parameter(
      "projection", [places.shape[1], 64], .normal(deviation: 1 / Float(places.shape[1]).squareRoot()))
    return .concatenate([means, places.matmul(weights)], axis: 1)
  }

  /// He's scale for a leaky ReLU keeps the features' size from layer to layer (He et al. 2015, eq. 15).
  private static func layer(_ images: Tensor, channels: Int, name: String) -> Tensor {
    let (inputs, kernel) = (images.shape[1], 4)
    let deviation = (2 / ((1 + slope * slope) * Float(inputs * kernel * kernel))).squareRoot()
    let weights = images.graph.parameter(
      "\(name).weight", [channels, inputs, kernel, kernel], .normal(deviation: deviation))
    let bias = images.graph.parameter("\(name).bias", [channels], .normal(deviation: 0.1))
    return images.convolved(with: weights, ConvolutionGeometry(stride: 2, padding: 1)).addingChannelBias(bias)
      .leakyReLU(slope: slope)
  }
}
